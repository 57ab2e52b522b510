// Makes JSON texts of a seed, as bytes: good ones, and such as somebody has spoilt.

// Few, so that pointers lead somewhere and names come twice.
const names = ['a', 'b', '0', '1', '', 'é', '😀', '__proto__', 'a/b', '~', '01', 'constructor'];
const escapedNames = ['\\u0061', '\\u00e9', '\\ud83d\\ude00', 'a\\/b', '\\u0030', '\\ud800', '\\n'];
const strings = [
  '',
  'x',
  'a long text of more than one word',
  'ü',
  '€uro',
  '😀😀',
  '漢字かな',
  '\x7f',
];
const escapes = [
  ...[
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\b',
    '\\f',
    '\\t',
    '\\r',
    '\\u0000',
    '\\u20AC',
    '\\ud83d\\ude00',
  ],
  ...['\\ud83d', '\\ude00\\ud83d', '\\uD800\\uDBFF', '\\u00E', '\\x', '\\U0041', '\\', '\\u12g4'],
];
const numbers = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1.0',
    '0.1',
    '1e3',
    '1E+3',
    '1e-7',
    '9007199254740991',
    '1e21',
    '5e-324',
  ],
  ...['9007199254740993', '123456789012345678', '1e400', '-1e-400', '1.7976931348623157e308'],
  ...['01', '+1', '1.', '.5', '1e', '1e+', '--1', '0x1', '1_0', 'NaN', 'Infinity', '-', '1.5.5'],
];
const words = ['true', 'false', 'null', 'tru', 'nul', 'True', 'undefined', 'falsee'];
const spaces = ['', '', '', '', ' ', '\n', '\t', '\r', '  \n    ', ' '.repeat(20), '\v', '\u00a0'];
const damages = [
  ...[[0x80], [0xbf], [0xc0, 0xaf], [0xc1], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xf0, 0x8f]],
  ...[[0xf4, 0x90, 0x80, 0x80], [0xf5], [0xff], [0xc3], [0xe2, 0x82], [0xef, 0xbb, 0xbf], [0]],
].map((bytes) => Buffer.from(bytes).toString('latin1'));
const letters =
  '[]{},:"\\0123456789-+.eEtrufalsn \n\t\0\x01\x1f\x7f/\'bu\x80\xbf\xc3\xe2\xed\xf0\xf4\xff';
// The last ones of `spaces` and the like are wrong. In a thousand so many of them are taken.
const wrong = 22;

/** A sequence of 32-bit numbers that depends on nothing but its seed (Marsaglia's xorshift). */
export class Chance {
  constructor(seed) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bf03635) >>> 0 || 1;
    for (let i = 0; i < 8; i += 1) this.next();
  }
  next() {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state >>> 0;
    return this.state;
  }
  below(count) {
    return (this.next() >>> 8) % count;
  }
  one(list) {
    return list[this.below(list.length)];
  }
}

/** A few JSON pointers, the whole value among them. */
export function makePointers(chance) {
  const token = () => chance.one(names).replace(/~/g, '~0').replace(/\//g, '~1');
  const make = () => Array.from({ length: 1 + chance.below(3) }, () => `/${token()}`).join('');
  return ['', '/a', '/0', ...Array.from({ length: 5 }, make)];
}

/** A text; each letter is a byte. */
export function makeText(chance) {
  const kind = chance.below(100);
  if (kind < 40) return value(chance, 4);
  if (kind < 78) return spoil(chance, value(chance, 3));
  if (kind < 90) return number(chance);
  if (kind < 94) return string(chance, strings);
  if (kind < 97) return nest(chance);
  return Array.from({ length: 1 + chance.below(8) }, () => token(chance)).join('');
}

const isRare = (chance) => chance.below(1_000) < wrong;

function value(chance, depth) {
  const kind = chance.below(depth > 0 ? 10 : 5);
  if (kind === 0)
    return (
      space(chance) + (isRare(chance) ? chance.one(words) : chance.one(['true', 'false', 'null']))
    );
  if (kind < 3) return string(chance, strings);
  if (kind < 5) return space(chance) + number(chance) + space(chance);
  const members = Array.from({ length: chance.below(5) }, () =>
    kind < 8 ? `${name(chance)}:${value(chance, depth - 1)}` : value(chance, depth - 1),
  ).join(',');
  const [open, close] = kind < 8 ? '{}' : '[]';
  return space(chance) + open + members + space(chance) + close + space(chance);
}

function space(chance) {
  return toBytes(spaces[chance.below(isRare(chance) ? spaces.length : spaces.length - 2)]);
}

function name(chance) {
  if (chance.below(8) === 0) return `"${chance.one(escapedNames)}"`;
  return chance.below(20) === 0 ? string(chance, strings) : `"${toBytes(chance.one(names))}"`;
}

function string(chance, list) {
  let text = '';
  for (let parts = chance.below(4); parts > 0; parts -= 1) {
    const kind = chance.below(100);
    if (kind < 60) text += toBytes(chance.one(list));
    else if (kind < 98) text += escapes[chance.below(isRare(chance) ? escapes.length : 14)];
    else if (isRare(chance)) text += chance.one(damages);
    else text += chance.one(['\x7f', 'x'.repeat(chance.below(40))]);
  }
  return `"${text}"`;
}

function number(chance) {
  if (chance.below(3) === 0) return numbers[chance.below(isRare(chance) ? numbers.length : 17)];
  const digits = (most) => {
    let text = '';
    for (let i = 1 + chance.below(most); i > 0; i -= 1) text += chance.one('0012345678999');
    return text;
  };
  const whole = chance.below(4) === 0 ? '0' : digits(17).replace(/^0+(?=.)/, '');
  const fraction = chance.below(2) === 0 ? `.${digits(12)}` : '';
  const sign = chance.one(['', '+', '-']);
  const exponent = chance.below(3) === 0 ? `${chance.one('eE')}${sign}${digits(3)}` : '';
  return (chance.below(4) === 0 ? '-' : '') + whole + fraction + exponent;
}

/** Around the limit of depth, in brackets of both kinds, not always closed. */
function nest(chance) {
  const depth = 58 + chance.below(12);
  let open = '';
  let close = '';
  for (let i = 0; i < depth; i += 1) {
    const isObject = chance.below(2) === 0;
    const before = chance.below(8) === 0 ? (isObject ? '"b":[],' : '{},') : '';
    open += isObject ? `{${before}"a":` : `[${before}`;
    close = (isObject ? '}' : ']') + close;
  }
  const text = `${open}1${close}`;
  return chance.below(3) === 0 ? spoil(chance, text) : text;
}

function token(chance) {
  const kind = chance.below(4);
  if (kind === 0) return chance.one('[]{},:');
  if (kind === 1) return string(chance, strings);
  return kind === 2 ? number(chance) : chance.one(words);
}

function spoil(chance, text) {
  let spoilt = text;
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    const at = chance.below(spoilt.length + 1);
    const [before, behind] = [spoilt.slice(0, at), spoilt.slice(at)];
    const kind = chance.below(8);
    if (kind === 0) spoilt = before;
    else if (kind === 1) spoilt = before + behind.slice(1);
    else if (kind === 2)
      spoilt = before + spoilt.substr(chance.below(spoilt.length + 1), 6) + behind;
    else if (kind === 3) spoilt = before + chance.one(damages) + behind;
    else if (kind === 4) spoilt = before + chance.one(letters) + behind;
    else if (kind === 5) spoilt = before + String.fromCharCode(chance.below(256)) + behind.slice(1);
    else spoilt = before + chance.one(letters) + behind.slice(1);
  }
  return spoilt;
}

const bytesOf = new Map();

function toBytes(text) {
  let bytes = bytesOf.get(text);
  if (bytes === undefined) {
    bytes = Buffer.from(text).toString('latin1');
    bytesOf.set(text, bytes);
  }
  return bytes;
}
