// Functions of C++: what is written at namespace or class scope with a parameter list.
import { pairBrackets, splitParameters } from './brackets.js';

const notNames =
  /^(noexcept|decltype|alignas|requires|explicit|__attribute__|static_assert|sizeof|if|while|for)$/;
const macroName = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/;
const testMacros = /^(TEST_CASE|TEST_CASE_METHOD|TEMPLATE_TEST_CASE|SCENARIO)$/;

export function cppFunctions(bare) {
  const text = withoutDirectives(bare);
  const source = { text, partner: pairBrackets(text).partner, found: [] };
  scanScope(source, 0, text.length);
  return source.found;
}

// Macros may hold half a pair of braces, so directives and their continuation lines are blanked.
function withoutDirectives(bare) {
  const directive = /^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm;
  return bare.replace(directive, (found) => found.replace(/[^\n]/g, ' '));
}

// Goes through one namespace or class, statement by statement; into functions it never goes.
function scanScope(source, from, to) {
  const { text, partner } = source;
  let head = from;
  for (let i = from; i < to; i += 1) {
    const end = partner.get(i);
    if (text[i] === ';') {
      addFunction(source, { head, end: i, body: undefined });
      head = i + 1;
    } else if (text[i] === ':' && isAccessLabel(text.slice(head, i))) {
      head = i + 1;
    } else if ((text[i] === '(' || text[i] === '[') && end !== undefined) {
      i = end;
    } else if (text[i] === '{' && end !== undefined) {
      const kind = kindOfBraces(text.slice(head, i));
      if (kind === 'scope') scanScope(source, i + 1, end);
      if (kind === 'function') addFunction(source, { head, end: i, body: i });
      // `int table[] = {…};` and the braces of a member initialiser do not end what they are in.
      if (kind !== 'initialiser') head = end + 1;
      i = end;
    }
  }
}

function isAccessLabel(head) {
  return /^\s*(public|private|protected)\s*$/.test(head);
}

function kindOfBraces(head) {
  const plain = withoutAngles(head).replace(/\[\[[^\]]*\]\]/g, ' ');
  const list = parameterList(plain);
  if (!list) {
    if (/\b(namespace|class|struct|union)\b/.test(plain)) return 'scope';
    if (/\bextern\s*"\s*"\s*$/.test(plain)) return 'scope';
    return /\benum\b/.test(plain) ? 'block' : 'initialiser';
  }
  if (/[^=!<>]=\s*$/.test(plain)) return 'initialiser';
  const tail = plain.slice(list.end);
  const hasMemberInitialisers = /(^|[^:]):([^:]|$)/.test(tail);
  return hasMemberInitialisers && /[\w>]\s*$/.test(tail) ? 'initialiser' : 'function';
}

// Template lists and arguments hold commas and parentheses that are not a parameter list's.
function withoutAngles(head) {
  const innermost = /(?<!operator)(?<=\w|\btemplate )<[^<>]*>/g;
  const next = head.replace(innermost, (found) => ' '.repeat(found.length));
  return next === head ? head : withoutAngles(next);
}

// The first group in parentheses that a function's name stands before; `operator()` has two groups.
function parameterList(head) {
  const { partner } = pairBrackets(head);
  for (let i = 0; i < head.length; i += 1) {
    const end = partner.get(i);
    if (end === undefined) continue;
    const name = head[i] === '(' ? nameBefore(head, i) : '';
    const rest = head.slice(end + 1);
    const isOperatorCall = name === 'operator' && /^\s*\(/.test(rest);
    const isAttribute = macroName.test(name) && /\w\s*\(/.test(rest); // OL_X(1) int f(
    if (name && !notNames.test(name) && !isOperatorCall && !isAttribute) {
      return { name, at: i, text: head.slice(i + 1, end), end: end + 1 };
    }
    i = end;
  }
  return null;
}

function nameBefore(head, at) {
  const before = head.slice(0, at).trimEnd();
  if (/\boperator\s*\(\s*\)$/.test(before)) return 'operator()';
  const operator = /\boperator\s*[^\w\s()]+$/.exec(before) ?? /\boperator\s+[\w:]+$/.exec(before);
  if (operator) return operator[0].replace(/\s+/g, ' ');
  const lambda = /\]$/.test(before) ? /([\w]+)\s*=\s*\[[^\]]*\]$/.exec(before) : null;
  return (lambda ?? /([\w~]+)$/.exec(before))?.[1] ?? '';
}

function addFunction({ text, partner, found }, { head, end, body }) {
  const statement = withoutAngles(text.slice(head, end));
  const list = parameterList(statement);
  if (!list || (body === undefined && !isDeclaration(statement, list))) return;
  const isTest = testMacros.test(list.name);
  const parameters = splitParameters(list.text).filter((one) => one !== 'void').length;
  found.push({
    name: list.name,
    kind: isTest ? 'test' : 'function',
    start: head + statement.search(/\S/),
    end: partner.get(body),
    parameters: isTest ? 0 : parameters,
  });
}

// A list that follows `=` belongs to a call; one after a name in capitals is a macro's.
function isDeclaration(statement, list) {
  if (/^\s*(using|typedef|friend|static_assert|return)\b/.test(statement)) return false;
  return !statement.slice(0, list.at).includes('=') && !macroName.test(list.name);
}
