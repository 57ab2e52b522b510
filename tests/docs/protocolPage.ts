import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './readme.js';

// PROTOCOL.md beside tests/fixtures/protocol.json: what the one says and the other does not.

interface Vector {
  readonly name: string;
  readonly text: string;
}

interface Run {
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly payloads: readonly string[];
}

export interface Vectors {
  readonly opcodes: readonly {
    readonly opcode: number;
    readonly client: string | null;
    readonly server: string | null;
  }[];
  readonly closeCodes: readonly { readonly code: number; readonly by: string }[];
  readonly clientFrames: readonly Vector[];
  readonly serverFrames: readonly Vector[];
  readonly batches: readonly {
    readonly name: string;
    readonly hex: string;
    readonly runs: readonly Run[];
  }[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');

export const page = read('PROTOCOL.md');
export const vectors = JSON.parse(read('tests/fixtures/protocol.json')) as Vectors;

/** Everything in which the page and the vectors differ. */
export function differences(text: string, all: Vectors): string[] {
  return [
    ...opcodeDifferences(text, all),
    ...closeCodeDifferences(text, all),
    ...sequenceDifferences(text, all),
    ...shapeDifferences(text, all),
  ];
}

function opcodeDifferences(text: string, all: Vectors): string[] {
  const said = rowsOf(section(text, '## Frames')).map(([opcode, client, server]) =>
    JSON.stringify([Number(opcode), client || null, server?.replace(' (binary)', '') || null]),
  );
  const known = all.opcodes.map(({ opcode, client, server }) =>
    JSON.stringify([opcode, client, server]),
  );
  return unequal('opcode', said, known);
}

function closeCodeDifferences(text: string, all: Vectors): string[] {
  const said = rowsOf(section(text, '## Close codes')).map(([code, by]) => `${code} ${by}`);
  const known = all.closeCodes.map(({ code, by }) => `${code} ${by}`);
  return unequal('close code', said, known);
}

/** Each frame of the sequences is a vector of its direction. */
function sequenceDifferences(text: string, all: Vectors): string[] {
  const lines = blocksOf(section(text, '## Sequences'));
  const known = new Set([
    ...all.clientFrames.map((vector) => `c>s ${vector.text}`),
    ...all.serverFrames.map((vector) => `s>c ${vector.text}`),
    ...all.batches.map(({ hex }) => `s>c ${hex}`),
  ]);
  if (lines.length === 0) return ['the page has no sequences'];
  return lines.filter((line) => !known.has(line)).map((line) => `no vector: ${line}`);
}

/** Each vector has as many elements, and the members, that the shape of its frame has. */
function shapeDifferences(text: string, all: Vectors): string[] {
  const shapes = shapesOf(section(text, '## Frames'));
  const found: string[] = [];
  for (const [direction, frames] of [
    ['client', all.clientFrames],
    ['server', all.serverFrames],
  ] as const) {
    for (const frame of frames) {
      const [opcode, ...rest] = JSON.parse(frame.text) as [number, ...unknown[]];
      const wanted = shapes.get(`${direction} ${opcode}`) ?? [];
      if (!wanted.includes(describe(rest))) found.push(`no shape: ${frame.name}`);
    }
  }
  for (const { opcode, ...names } of all.opcodes.filter((row) => row.server !== 'BATCH')) {
    for (const direction of ['client', 'server'] as const) {
      const hasShape = shapes.has(`${direction} ${opcode}`);
      if (hasShape !== (names[direction] !== null)) found.push(`shape of ${direction} ${opcode}`);
    }
  }
  return found;
}

/** "2" for two elements, "v c n s" for one object with these members. */
function describe(elements: readonly unknown[]): string {
  const [first] = elements;
  const isObject = typeof first === 'object' && first !== null && !Array.isArray(first);
  return elements.length === 1 && isObject ? Object.keys(first).join(' ') : `${elements.length}`;
}

/** By direction and opcode. HELLO and WELCOME stand without a direction, in one block each. */
function shapesOf(frames: string): Map<string, string[]> {
  const shapes = new Map<string, string[]>();
  for (const [, title = '', block = ''] of frames.matchAll(/^### (.+)\n+```\n([\s\S]*?)^```$/gm)) {
    const oneLine = block.replace(/\n {2,}/g, ' ').trim();
    for (const line of oneLine.split('\n')) {
      const upwards = title === 'HELLO' || line.startsWith('c>s');
      for (const shape of alternatives(line.replace(/^(c>s|s>c) /, ''))) {
        const [opcode, ...rest] = elementsOf(shape);
        const key = `${upwards ? 'client' : 'server'} ${opcode}`;
        shapes.set(key, [...(shapes.get(key) ?? []), shapeInWords(rest)]);
      }
    }
  }
  return shapes;
}

function shapeInWords(elements: readonly string[]): string {
  const names = [...(elements[0] ?? '').matchAll(/"(\w+)":/g)].map(([, name]) => name);
  return names.length > 0 ? names.join(' ') : `${elements.length}`;
}

/** `[9, <seq>] or [9, <seq>, 1]` is two. */
function alternatives(line: string): string[] {
  return line.split(/(?<=^\[[^[\]]*\]) or /);
}

/** The elements of one array, split at the commas that are within nothing else. */
function elementsOf(shape: string): string[] {
  const elements = [''];
  let depth = 0;
  for (const letter of shape.slice(1, -1)) {
    if ('[{'.includes(letter)) depth += 1;
    if (']}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) elements.push('');
    else elements[elements.length - 1] += letter;
  }
  return elements.map((element) => element.trim());
}

/** A BATCH as the page describes it. */
export function decodeBatch(hex: string): Run[] {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  let at = 1;
  const number = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const runs: Run[] = [];
  while (at < bytes.length) {
    const [index, first, last, n] = [number(), number(), number(), number()];
    const lengths = Array.from({ length: n }, number);
    const payloads = lengths.map((length, position) => {
      if (position > 0 && bytes[at++] !== 0x2c) throw new Error(`no comma at ${at - 1}`);
      at += length;
      return bytes.toString('utf8', at - length, at);
    });
    runs.push({ index, first, last, payloads });
  }
  return runs;
}

export function section(text: string, heading: string): string {
  const level = heading.indexOf(' ');
  const from = text.indexOf(`\n${heading}\n`);
  if (from < 0) throw new Error(`PROTOCOL.md has no "${heading}"`);
  const rest = text.slice(from + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The cells of the first table, without its head. */
function rowsOf(text: string): string[][] {
  const [table = ''] = /(^\|.*\|\n)+/m.exec(text) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function blocksOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) => block.trim().split('\n'));
}

function unequal(what: string, said: readonly string[], known: readonly string[]): string[] {
  return [
    ...said.filter((each) => !known.includes(each)).map((each) => `${what} only said: ${each}`),
    ...known.filter((each) => !said.includes(each)).map((each) => `${what} not said: ${each}`),
  ];
}
