// What JavaScript says of a JSON text: JSON.parse, a walk along a pointer, String(Number(text)).

const depthMax = 64;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param {Buffer} bytes
 * @returns {{ value: unknown, text: string } | undefined} nothing for what JSON.parse refuses, for
 *   what is not UTF-8, and for what is nested deeper than the core reads: the two known differences
 */
export function parse(bytes) {
  try {
    const text = decode(bytes);
    const value = JSON.parse(text);
    return isTooDeep(text) ? undefined : { value, text };
  } catch {
    return undefined;
  }
}

export function decode(bytes) {
  return bytes.length < 200 && bytes.every((byte) => byte < 0x80)
    ? bytes.latin1Slice()
    : decoder.decode(bytes);
}

/** The text is JSON. A value that is lost to a later one of the same name counts as well. */
function isTooDeep(text) {
  if (text.length <= 2 * depthMax) return false;
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (letter === '"') {
      for (i += 1; text[i] !== '"'; i += 1) if (text[i] === '\\') i += 1;
    } else if (letter === '[' || letter === '{') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (letter === ']' || letter === '}') {
      depth -= 1;
    }
  }
  return deepest > depthMax;
}

/** The names of a JSON pointer (RFC 6901). */
export function tokensOf(pointer) {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

export const nothing = Symbol('nothing');

export function walk(value, tokens) {
  let at = value;
  for (const token of tokens) {
    const isIndex = !Array.isArray(at) || /^(?:0|[1-9]\d*)$/.test(token);
    if (typeof at !== 'object' || at === null || !isIndex || !Object.hasOwn(at, token)) {
      return nothing;
    }
    at = at[token];
  }
  return at;
}

export function isSame(a, b) {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return Object.is(a, b);
  }
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

/** Whether the core promises a name for this number (json/number.hpp). */
export function mustHaveName(text) {
  const mantissa = /^-?([\d.]+)/.exec(text)[1].replace('.', '');
  const digits = mantissa.replace(/^0+|0+$/g, '');
  const size = Math.abs(Number(text));
  if (digits.length <= 15) return digits === '' || (size >= 1e-307 && size < 1e308);
  return Number.isSafeInteger(size) && String(size).replace(/0+$/, '') === digits;
}
