// JSON Pointer (RFC 6901), with the limits that the core has (wasm/openline/json/pointer.hpp).

const BYTES_MAX = 1_024;
const TOKENS_MAX = 32;

/** Why a text is no JSON Pointer that may be used; null: it is one. */
export function pointerFault(text: unknown): string | null {
  if (typeof text !== 'string') return 'it is no string';
  if (text !== '' && !text.startsWith('/')) return "it does not begin with '/'";
  if (/~(?![01])/.test(text)) return "a '~' is written ~0, and a '/' within a name ~1";
  if (/\p{Surrogate}/u.test(text)) return 'it has half of a surrogate pair';
  if (new TextEncoder().encode(text).length > BYTES_MAX) return `it is over ${BYTES_MAX} bytes`;
  if (text.split('/').length - 1 > TOKENS_MAX) return `it has over ${TOKENS_MAX} names`;
  return null;
}

/** The names that a JSON Pointer leads by. */
export function tokensOf(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is found there; undefined: nothing, which no value of JSON is. */
export function valueAt(value: unknown, tokens: readonly string[]): unknown {
  let found = value;
  for (const token of tokens) {
    if (typeof found !== 'object' || found === null) return undefined;
    // RFC 6901, section 4: an index has no leading zero, and `length` is none.
    if (Array.isArray(found) && !/^(0|[1-9]\d*)$/.test(token)) return undefined;
    if (!Object.hasOwn(found, token)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[token];
  }
  return found;
}
