// Tells code, strings and comments apart in C++, TypeScript and JavaScript, without a parser.
// Every answer keeps the length and the line breaks of the source, so that an index in one is
// an index in all.
import { isCpp } from './project.js';

const cache = new WeakMap();

/**
 * `code` has comments blanked, `bare` has comments and the inside of strings blanked (the quotes
 * stay), `comments` has everything else blanked.
 */
export function lexed(project, path) {
  if (!cache.has(project)) cache.set(project, new Map());
  const known = cache.get(project);
  if (!known.has(path)) known.set(path, lex(project.files.get(path), path));
  return known.get(path);
}

export function lex(text, path) {
  const spans = isCpp(path) ? cppSpans(text) : scriptSpans(text, /\.[jt]sx$/.test(path));
  const comments = spans.filter((span) => span.kind === 'comment');
  return {
    code: blank(text, comments),
    bare: blank(text, spans),
    comments: blank(text, gapsBetween(comments, text.length)),
  };
}

function blank(text, spans) {
  let out = '';
  let at = 0;
  for (const { start, end } of spans) {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return out + text.slice(at);
}

function gapsBetween(spans, length) {
  const starts = [0, ...spans.map((span) => span.end)];
  const ends = [...spans.map((span) => span.start), length];
  return starts.map((start, i) => ({ start, end: ends[i] }));
}

function cppSpans(text) {
  const spans = [];
  for (let i = 0; i < text.length; ) {
    const span = commentAt(text, i) ?? rawStringAt(text, i) ?? cppStringAt(text, i);
    if (span) spans.push(span);
    i = span ? Math.max(span.end + (span.close ?? 0), i + 1) : i + 1;
  }
  return spans;
}

function commentAt(text, i) {
  if (text[i] !== '/') return null;
  if (text[i + 1] === '/') return { kind: 'comment', start: i, end: indexOrEnd(text, '\n', i) };
  if (text[i + 1] !== '*') return null;
  const end = Math.min(text.length, indexOrEnd(text, '*/', i + 2) + 2);
  return { kind: 'comment', start: i, end };
}

function indexOrEnd(text, what, from) {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found;
}

function rawStringAt(text, i) {
  if (text[i] !== '"' || text[i - 1] !== 'R') return null;
  const delimiter = /^[^()\\\s]{0,16}(?=\()/.exec(text.slice(i + 1, i + 18));
  if (!delimiter) return null;
  const end = indexOrEnd(text, `)${delimiter[0]}"`, i);
  return { kind: 'string', start: i + 1, end, close: delimiter[0].length + 2 };
}

function cppStringAt(text, i) {
  if (text[i] !== '"' && text[i] !== "'") return null;
  // In 1'000'000 the quote separates digits; in u8'a' it opens a character.
  const word = text.slice(Math.max(0, i - 40), i).match(/[\w']*$/)[0];
  if (text[i] === "'" && /^\d/.test(word)) return null;
  return quotedAt(text, i);
}

// A quote without its partner on the same line is no string: an apostrophe in prose or in JSX.
function quotedAt(text, i) {
  for (let end = i + 1; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === text[i]) return { kind: 'string', start: i + 1, end, close: 1 };
  }
  return null;
}

function scriptSpans(text, jsx) {
  const spans = [];
  const templates = []; // for each open `${`: how many braces are open within it
  for (let i = 0; i < text.length; ) {
    if (text[i] === '`') {
      i = template({ text, spans, templates, from: i + 1 });
      continue;
    }
    if (templates.length > 0 && text[i] === '}' && templates.at(-1) === 0) {
      templates.pop();
      i = template({ text, spans, templates, from: i + 1 });
      continue;
    }
    if (templates.length > 0 && '{}'.includes(text[i])) {
      templates[templates.length - 1] += text[i] === '{' ? 1 : -1;
    }
    const span = commentAt(text, i) ?? scriptStringAt(text, i) ?? regexAt(text, i, jsx);
    if (span) spans.push(span);
    i = span ? Math.max(span.end + (span.close ?? 0), i + 1) : i + 1;
  }
  return spans;
}

// Blanks template text from `from` up to its end or to the next `${`; returns where code goes on.
function template({ text, spans, templates, from }) {
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '`' || (text[i] === '$' && text[i + 1] === '{')) {
      spans.push({ kind: 'string', start: from, end: i });
      if (text[i] === '`') return i + 1;
      templates.push(0);
      return i + 2;
    }
  }
  spans.push({ kind: 'string', start: from, end: text.length });
  return text.length;
}

function scriptStringAt(text, i) {
  if (text[i] === '"') return quotedAt(text, i);
  // No string follows a word without a space; "don't" in JSX text does this.
  return text[i] === "'" && !/[\w$]/.test(text[i - 1] ?? '') ? quotedAt(text, i) : null;
}

const regexAfterWord =
  /(^|[^\w$.])(return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await)$/;

// A slash opens a regular expression where a value is expected; after a value it divides.
function regexAt(text, i, jsx) {
  if (text[i] !== '/' || (jsx && (text[i - 1] === '<' || text[i + 1] === '>'))) return null;
  const before = text.slice(Math.max(0, i - 200), i).trimEnd();
  if (/[\w$)\]"'`]$/.test(before) && !regexAfterWord.test(before)) return null;
  let inClass = false;
  for (let end = i + 1; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '[') inClass = true;
    else if (text[end] === ']') inClass = false;
    else if (text[end] === '/' && !inClass) return { kind: 'string', start: i + 1, end, close: 1 };
  }
  return null;
}
