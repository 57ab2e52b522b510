/** Which messages: the same seed makes the same ones. */
export interface Mix {
  readonly seed: number;
  /** The index of the one text of 16 MB. */
  readonly largeAt: number;
}

export interface MixedMessage {
  readonly value: string | ArrayBuffer | ArrayBufferView | Blob;
  /** What an echo gives back: a text in which lone surrogates are U+FFFD, or bytes. */
  readonly expected: string | Uint8Array;
}

const BINARY_BYTES_MAX = 64 * 1024;
const LARGE_UNITS = 16 * 1024 * 1024;
const PIECES = [
  '',
  'plain text',
  '\0',
  'a\0b\0',
  '{"id":1,"price":"3.14"}',
  'žluťoučký kůň',
  '電話はつながったまま',
  '😀👩‍👩‍👧‍👦🇪🇺',
  '\ud83d', // the first half of a pair
  '\ude00', // the second half
  '\ude00\ud83d', // both, the wrong way round
  '\ufeff\u2028\uffff',
  '\r\n\t"\\\u007f',
];

/** The message at `index` of the mix: half texts, half bytes of every form that `send` takes. */
export function messageAt(index: number, { seed, largeAt }: Mix): MixedMessage {
  const random = randomFrom(seed + index * 7_919);
  if (index === largeAt) return textOf(largeText(random));
  if (random() < 0.5) return textOf(smallText(random));
  // Small ones more often than large ones; now and then an end of the range exactly.
  const drawn = Math.floor(BINARY_BYTES_MAX ** random());
  const size = [0, BINARY_BYTES_MAX][Math.floor(random() * 20)] ?? drawn - 1;
  return binaryOf(bytesOf(size, random), Math.floor(random() * 5));
}

function textOf(text: string): MixedMessage {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { value: text, expected: decoder.decode(new TextEncoder().encode(text)) };
}

function smallText(random: () => number): string {
  const count = Math.floor(random() ** 3 * 40);
  let text = '';
  for (let i = 0; i < count; i++) text += PIECES[Math.floor(random() * PIECES.length)];
  return text;
}

function largeText(random: () => number): string {
  const line = PIECES.join(`|${random()}|`);
  return line.repeat(Math.ceil(LARGE_UNITS / line.length)).slice(0, LARGE_UNITS);
}

function bytesOf(size: number, random: () => number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = random() * 4_294_967_296;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function binaryOf(bytes: Uint8Array<ArrayBuffer>, form: number): MixedMessage {
  // Around the bytes of a view lie others, which must not be sent.
  const wide = new Uint8Array(bytes.length + 16).fill(0xee);
  wide.set(bytes, 8);
  switch (form) {
    case 0:
      return { value: bytes.buffer, expected: bytes };
    case 1:
      return { value: wide.subarray(8, 8 + bytes.length), expected: bytes };
    case 2:
      return { value: new DataView(wide.buffer, 8, bytes.length), expected: bytes };
    case 3: {
      const whole = bytes.subarray(0, bytes.length & ~7);
      return { value: new Float64Array(wide.buffer, 8, whole.length / 8), expected: whole };
    }
    default:
      return { value: new Blob([bytes]), expected: bytes };
  }
}

/** Mulberry32: small, and good enough to vary tests. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
