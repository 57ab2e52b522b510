/** Milliseconds of the machine's monotonic clock, which all its processes share. */
export function clockMs() {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
