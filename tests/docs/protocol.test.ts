import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeBatch, differences, page, section, vectors } from './protocolPage.js';
import { root } from './readme.js';

describe('PROTOCOL.md', () => {
  test('agrees with the vectors', () => {
    expect(differences(page, vectors)).toEqual([]);
  });

  test.each([
    ['an opcode of another name', '| 4 | | NACK |', '| 4 | | NO |'],
    ['an opcode more', '| 11 | | BATCH', '| 12 | | MORE |\n| 11 | | BATCH'],
    ['an opcode less', '| 7 | RECOVER | |\n', ''],
    ['a close code of another number', '| 4408 |', '| 4407 |'],
    ['a close code from another side', '| 4400 | both |', '| 4400 | server |'],
    ['a close code less', /\| 4429 .*\n/, ''],
    ['a frame in a sequence that is no vector', 's>c [3,3]', 's>c [3,33]'],
    ['a frame in the wrong direction', 's>c [10,1,', 'c>s [10,1,'],
    ['another byte in a BATCH', '0b 03 7b 7b', '0b 03 7b 7c'],
    ['another number of elements', 's>c [3, <seq>]', 's>c [3, <seq>, <seq>]'],
    ['another member of HELLO', '"c": "<client id>"', '"id": "<client id>"'],
    ['a member less in WELCOME', '"win": 256, "ack"', '"ack"'],
    ['a shape less', 's>c [4, <seq>, <code>, "<text>"]\n', ''],
  ])('would not agree with %s', (_, from, to) => {
    const spoilt = page.replace(from, to);
    expect(spoilt).not.toBe(page);
    expect(differences(spoilt, vectors)).not.toEqual([]);
  });

  test('has a section for each frame', () => {
    const titles = [...section(page, '## Frames').matchAll(/^### (.+)$/gm)].map(
      ([, title]) => title,
    );
    const named = titles.flatMap((title) => (title ?? '').split(/, | and /));
    const frames = vectors.opcodes.flatMap(({ client, server }) => [client, server]);
    expect(new Set(named)).toEqual(new Set(frames.filter((name) => name !== null)));
  });

  test.each([
    ['stream_name_bytes_max', /1 to (\d+) bytes of UTF-8/],
    ['epoch_bytes_max', /1 to (\d+) characters of `A-Z/],
    ['client_id_bytes', /(\d+) characters of base64url/],
    ['hello_bytes_max', /fit (\d+) KiB/],
    ['code_max', /A code is 0 to (\d+)/],
    ['json_depth_max', /at most (\d+) arrays and objects/],
    ['varint_bytes_max', /at most (\d+) bytes\)/],
    ['batch_opcode', /One byte (\d+),/],
  ])('has the limit %s of the C++ core', (name, said) => {
    const folder = join(root, 'wasm/openline');
    const sources = ['json/fault.hpp', 'protocol/limits.hpp', 'protocol/batch.cpp'];
    const code = sources.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n');
    const inCode = new RegExp(`\\b${name} = ([\\d']+);`).exec(code)?.[1];
    const onPage = said.exec(page);
    const unit = onPage?.[0].endsWith('KiB') ? 1024 : 1;
    expect(Number(onPage?.[1]) * unit).toBe(Number(inCode?.replaceAll("'", '')));
  });
});

describe('the vectors', () => {
  test.each(vectors.batches)('a BATCH decodes as the page says: $name', ({ hex, runs }) => {
    expect(decodeBatch(hex)).toEqual(runs);
  });

  test('are written as JSON.stringify writes them', () => {
    for (const { text } of [...vectors.clientFrames, ...vectors.serverFrames]) {
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
    }
  });
});
