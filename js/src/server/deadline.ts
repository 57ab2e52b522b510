/** Settles with `promise`, or after `ms` if that comes first. Leaves no timer behind. */
export async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(ms, 0));
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
