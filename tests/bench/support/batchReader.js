// The client's side of openline.1 (PROTOCOL.md), as much of it as a benchmark needs.
import { randomBytes } from 'node:crypto';

const batchOpcode = 11;

/** A HELLO of a client of its own; `streams` are pairs of name and position (or null). */
export function helloText(streams) {
  const client = randomBytes(16).toString('base64url');
  return JSON.stringify([1, { v: 1, c: client, n: 1, s: streams }]);
}

/** Calls `visit({ index, first, last, lengths, payloadsAt })` for each run of a BATCH frame. */
export function readRuns(frame, visit) {
  if (frame[0] !== batchOpcode) throw new Error(`a binary frame begins with ${frame[0]}`);
  const cursor = { frame, at: 1 };
  while (cursor.at < frame.length) {
    const index = readNumber(cursor);
    const first = readNumber(cursor);
    const last = readNumber(cursor);
    const lengths = new Array(readNumber(cursor));
    let bytes = Math.max(lengths.length - 1, 0);
    for (let i = 0; i < lengths.length; i++) {
      lengths[i] = readNumber(cursor);
      bytes += lengths[i];
    }
    const payloadsAt = cursor.at;
    cursor.at += bytes;
    if (cursor.at > frame.length) throw new Error('a run is longer than its frame');
    visit({ index, first, last, lengths, payloadsAt });
  }
}

/** The texts of a run. */
export function* textsOf(frame, { lengths, payloadsAt }) {
  let at = payloadsAt;
  for (const length of lengths) {
    yield frame.toString('utf8', at, at + length);
    at += length + 1;
  }
}

/** Unsigned LEB128, as far as it is an exact number. */
function readNumber(cursor) {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = cursor.frame[cursor.at++];
    if (byte === undefined) throw new Error('a frame ends within a number');
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}
