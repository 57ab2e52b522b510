// The WebSocket frames of the ticker, made before anybody measures: rows of a board as one text
// frame each, as text frames of JSON arrays, or as BATCH frames of openline.1 (PROTOCOL.md).
export const rowCount = 1_000;

const batchOpcode = 11;
/** Of the only subscription of a socket. */
export const streamIndex = 1;
const messageBytesMax = 128;
/** A WebSocket header, the numbers of a run, and a length and a comma for each message. */
const frameBytesMax = 64;

/**
 * The first `rowCount` messages bring each row once, in order; then any row changes. The last one
 * before each of `stops` is of the first row, so that a page which shows that row shows it.
 *
 * @param format 'text', 'array' or 'openline'
 * @returns all frames in one buffer, where each of them ends, and the rows as they are in the end
 */
export function makeFrames({ format, perFrame, stops }) {
  const count = stops.at(-1);
  const ends = [];
  const bytes = Buffer.allocUnsafe(
    count * (messageBytesMax + 3) + Math.ceil(count / perFrame) * frameBytesMax,
  );
  const rows = new Array(rowCount);
  const random = randomNumbers();
  const isStop = new Set(stops.map((stop) => stop - 1));
  let at = 0;
  for (let n = 0; n < count; ) {
    const texts = [];
    const first = n;
    for (; texts.length < perFrame && n < count; n++) {
      const place = n < rowCount ? n : isStop.has(n) ? 0 : random() % rowCount;
      rows[place] = makeRow(place, n + 1, random());
      texts.push(JSON.stringify(rows[place]));
    }
    at = writeFrame(bytes, at, format, { texts, first });
    ends.push(at);
  }
  return { bytes: bytes.subarray(0, at), ends, rows, perFrame };
}

/** One more frame, of a single row. */
export function makeFrame(format, row) {
  const bytes = Buffer.allocUnsafe(messageBytesMax + frameBytesMax);
  return bytes.subarray(0, writeFrame(bytes, 0, format, { texts: [JSON.stringify(row)] }));
}

/** About 90 bytes of JSON. `n` counts the messages of a run from 1. */
function makeRow(place, n, chance) {
  return {
    id: `row-${String(place).padStart(4, '0')}`,
    n,
    price: 1_000 + (chance % 80_000) / 8,
    size: 100_000 + (chance % 9_000),
    side: chance % 2 === 0 ? 'buy' : 'sell',
    venue: 'XNAS',
  };
}

function writeFrame(bytes, at, format, { texts, first }) {
  if (format === 'openline') return writeBatch(bytes, at, { texts, first });
  const text = format === 'array' ? `[${texts.join(',')}]` : texts[0];
  const payloadAt = writeHeader(bytes, at, 1, text.length);
  return payloadAt + bytes.latin1Write(text, payloadAt);
}

function writeBatch(bytes, at, run) {
  const { head, payloads } = batchOf(run);
  const headAt = writeHeader(bytes, at, 2, head.length + payloads.length);
  bytes.set(head, headAt);
  return headAt + head.length + bytes.latin1Write(payloads, headAt + head.length);
}

/** A BATCH frame of one run, of texts that are ASCII; `first` of them came before. */
export function batchOf({ texts, first }) {
  const numbers = [streamIndex, first + 1, first + texts.length, texts.length];
  const head = [batchOpcode];
  for (const number of [...numbers, ...texts.map(({ length }) => length)]) {
    appendNumber(head, number);
  }
  return { head, payloads: texts.join(',') };
}

/** RFC 6455 5.2: final, not masked. Answers where the payload begins. */
function writeHeader(bytes, at, opcode, size) {
  bytes[at] = 0x80 | opcode;
  if (size < 126) {
    bytes[at + 1] = size;
    return at + 2;
  }
  if (size > 0xffff) throw new RangeError(`a frame of ${size} bytes`);
  bytes[at + 1] = 126;
  return bytes.writeUInt16BE(size, at + 2);
}

/** Unsigned LEB128. */
function appendNumber(into, number) {
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) into.push((rest % 128) + 128);
  into.push(rest);
}

/** Xorshift, the same numbers each time: 1 to 2^32 - 1. */
function randomNumbers() {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
