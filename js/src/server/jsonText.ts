/**
 * A value as JSON.
 *
 * @throws TypeError for what JSON cannot hold (undefined, functions, BigInt, cycles) and for what
 * is nested too deeply for `JSON.stringify`.
 */
export function jsonText(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new TypeError(`openline: ${what} is no JSON: ${String(cause)}`, { cause });
  }
  if (text === undefined) {
    throw new TypeError(`openline: ${what} is ${typeof value}, which JSON cannot hold; give null`);
  }
  return text;
}

/** Whether arrays and objects of this text, which is JSON, are nested deeper than `depthMax`. */
export function isDeeper(text: string, depthMax: number): boolean {
  if (text.length <= 2 * depthMax) return false; // each level takes two brackets
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i += 1;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) {
      quoted = true;
    } else if (code === BRACKET || code === BRACE) {
      depth += 1;
      if (depth > depthMax) return true;
    } else if (code === BRACKET_END || code === BRACE_END) {
      depth -= 1;
    }
  }
  return false;
}

const QUOTE = 0x22;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
