const BYTES_MAX = 256;

/** @throws TypeError for what is no name of a stream (PROTOCOL.md): 1 to 256 bytes of UTF-8. */
export function checkStreamName(name: unknown): asserts name is string {
  const isName =
    typeof name === 'string' &&
    name !== '' &&
    !/\p{Surrogate}/u.test(name) &&
    new TextEncoder().encode(name).length <= BYTES_MAX;
  if (isName) return;
  const seen = typeof name === 'string' ? JSON.stringify(name.slice(0, 40)) : typeof name;
  throw new TypeError(
    `openline: ${seen} is no name of a stream; give 1 to ${BYTES_MAX} bytes of UTF-8.`,
  );
}
