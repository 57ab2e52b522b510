// Functions of TypeScript and JavaScript: declarations, methods, function expressions and arrows.
import { pairBrackets, skipSpace, skipSpaceBack, splitParameters } from './brackets.js';

const control = /^(if|for|while|switch|catch|with|await|return|super)$/;
const prefixOperators = /^(keyof|typeof|readonly|unique|asserts|infer|new|abstract)$/;
const suites = /^(describe|suite)$/;
const tests = /^(it|test|bench|beforeEach|afterEach|beforeAll|afterAll)$/;

export function scriptFunctions(bare) {
  const source = { bare, ...pairBrackets(bare) };
  const found = new Map(); // by where the body starts, so that no body counts twice
  for (const open of source.parent.keys()) {
    if (bare[open] !== '(' || !source.partner.has(open)) continue;
    const one = functionAt(source, open);
    const key = one?.body ?? -open;
    if (one && !found.has(key)) found.set(key, one);
  }
  for (const match of bare.matchAll(/(?<![\w$.])([\w$]+)\s*=>\s*\{/g)) {
    const body = match.index + match[0].length - 1;
    if (!found.has(body)) found.set(body, describeFunction(source, { start: match.index, body }));
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

// What follows its parameters tells a function from a call: `=>`, `{`, or a type before them.
function functionAt(source, open) {
  const { bare, partner } = source;
  const after = skipSpace(bare, partner.get(open) + 1);
  const next = bare[after] === ':' ? skipType(source, after + 1) : after;
  const parameters = splitParameters(bare.slice(open + 1, partner.get(open)));
  const common = { start: open, open, parameters: parameters.filter((p) => !/^this\b/.test(p)) };
  if (bare.startsWith('=>', next)) {
    const body = skipSpace(bare, next + 2);
    return describeFunction(source, { ...common, body: bare[body] === '{' ? body : undefined });
  }
  if (bare[next] !== '{' || control.test(wordBefore(bare, open))) return null;
  return describeFunction(source, { ...common, body: next });
}

function describeFunction(source, { start, open, body, parameters = ['one'] }) {
  const callee = calleeAround(source, start);
  const root = /^[\w$]*/.exec(callee)[0];
  const own = nameBefore(source.bare, open ?? start);
  const name = own || (callee ? `the callback of ${callee}` : 'an anonymous function');
  let kind = 'function';
  if (own === '' && suites.test(root)) kind = 'suite';
  if (own === '' && tests.test(root)) kind = 'test';
  const end = source.partner.get(body);
  return { name, kind, start, body, end, parameters: parameters.length };
}

function wordBefore(bare, index) {
  const end = skipSpaceBack(bare, index - 1) + 1;
  return /[\w$#]*$/.exec(bare.slice(Math.max(0, end - 100), end))[0];
}

// `name = (`, `name: Type = async (`, `name: function (`, `name<T>(`; '' when there is none.
function nameBefore(bare, open) {
  const prefix = /\s*(?:\basync\b\s*)?(?:\bfunction\b[\s*]*)?(?:<[^()]*>\s*)?$/;
  const before = bare.slice(Math.max(0, open - 300), open).replace(prefix, '');
  const bound = /([\w$#]+)\s*[?!]?(?::[^=;{}]*)?[=:]$/.exec(before);
  if (bound) return bound[1];
  const direct = /[\w$#]+$/.exec(before)?.[0] ?? '';
  return /^(return|default|await|case|of|in|yield)$/.test(direct) ? '' : direct;
}

// The text of what is called with this function as an argument: `describe`, `it.each(…)`.
function calleeAround(source, start) {
  const { bare, partner, parent } = source;
  const outer = bare[start] === '(' ? parent.get(start) : enclosing(source, start);
  if (outer === undefined || bare[outer] !== '(') return '';
  let end = skipSpaceBack(bare, outer - 1);
  if (bare[end] === ')') end = (partner.get(end) ?? 0) - 1; // it.each([…])(
  if (bare[end] === '`') end = bare.lastIndexOf('`', end - 1) - 1; // it.each`…`(
  return /[\w$.]*$/.exec(bare.slice(Math.max(0, end - 100), end + 1))[0];
}

function enclosing({ partner, parent }, index) {
  let best;
  for (const open of parent.keys()) {
    if (open < index && (partner.get(open) ?? -1) > index) best = open;
  }
  return best;
}

/**
 * Skips one type from `from` and returns the index of what follows it. Needed because a return type
 * may itself hold braces and arrows: `subscribe(f): () => void {`.
 */
function skipType(source, from) {
  const { bare, partner } = source;
  let wantsOperand = true;
  let i = skipSpace(bare, from);
  while (i < bare.length) {
    const step = wantsOperand ? operandEnd(source, i) : operatorEnd(bare, partner, i);
    if (step === null) return i;
    wantsOperand = step.wantsOperand;
    i = skipSpace(bare, step.end);
  }
  return i;
}

function operandEnd({ bare, partner }, i) {
  if ('([{'.includes(bare[i])) {
    const end = partner.get(i);
    return end === undefined ? null : { end: end + 1, wantsOperand: false };
  }
  if ('|&-'.includes(bare[i])) return { end: i + 1, wantsOperand: true };
  if (`'"\``.includes(bare[i])) {
    return { end: bare.indexOf(bare[i], i + 1) + 1 || bare.length, wantsOperand: false };
  }
  const word = /^[\w$]+/.exec(bare.slice(i, i + 100))?.[0];
  if (!word) return null;
  return { end: i + word.length, wantsOperand: prefixOperators.test(word) };
}

function operatorEnd(bare, partner, i) {
  if (bare[i] === '<') return { end: angleEnd(bare, i), wantsOperand: false };
  if (bare[i] === '[' && partner.has(i)) return { end: partner.get(i) + 1, wantsOperand: false };
  if ('.|&?'.includes(bare[i])) return { end: i + 1, wantsOperand: true };
  // After a parameter list an arrow makes a function type; after a type it is the function's own.
  const group = skipSpaceBack(bare, i - 1);
  const inside = bare[group] === ')' ? bare.slice(partner.get(group) + 1, group) : 'no group';
  const isParameters = /^\s*$|^\s*(\.\.\.)?[\w$]+\s*\??\s*:|^\s*[[{]/.test(inside);
  if (bare.startsWith('=>', i) && isParameters) return { end: i + 2, wantsOperand: true };
  const word = /^(is|extends)\b/.exec(bare.slice(i, i + 10))?.[0];
  return word ? { end: i + word.length, wantsOperand: true } : null;
}

function angleEnd(bare, from) {
  let depth = 0;
  for (let i = from; i < bare.length; i += 1) {
    if (bare[i] === '<') depth += 1;
    if (bare[i] === '>' && bare[i - 1] !== '=') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return bare.length;
}
