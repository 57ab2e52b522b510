// Compares the core's JSON code in wasm with what JavaScript does, on texts that seeds make.
import { readFileSync } from 'node:fs';
import { decode, isSame, mustHaveName, nothing, parse, tokensOf, walk } from './jsonOracle.js';
import { Chance, makePointers, makeText } from './jsonTexts.js';

const none = 0xffff_ffff;
const differencesMax = 20; // enough to see what is wrong

/** A batch has one set of pointers, and its seed is its number. */
export const batchSize = 1_000;

/** @param {string | URL} path of json_differential.wasm */
export async function loadJudge(path) {
  const wasm = await WebAssembly.compile(readFileSync(path));
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(wasm)) {
    if (kind !== 'function') throw new Error(`the module wants ${from}.${name}, a ${kind}`);
    imports[from] ??= {};
    imports[from][name] = () => 0;
  }
  const { exports } = await WebAssembly.instantiate(wasm, imports);
  exports._initialize?.();
  return exports;
}

/**
 * Runs the batches from `first` on, so many.
 * @returns {{ cases, good, found, named, differences: string[] }} counts: texts, JSON among them,
 *   values that pointers found, numbers with a name
 */
export function compareBatches(judge, first, batches) {
  const counts = { cases: 0, good: 0, found: 0, named: 0, differences: [] };
  for (let seed = first; seed < first + batches; seed += 1) {
    compareBatch(judge, seed, counts);
    if (counts.differences.length >= differencesMax) break;
  }
  return counts;
}

function compareBatch(judge, seed, counts) {
  const chance = new Chance(seed);
  const pointers = makePointers(chance);
  const texts = Array.from({ length: batchSize }, () => Buffer.from(makeText(chance), 'latin1'));
  const answers = judgeAll(judge, pointers, texts);
  const paths = pointers.map(tokensOf);
  texts.forEach((bytes, i) => {
    counts.cases += 1;
    const problem = problemOf(bytes, answers(i), paths, counts);
    if (!problem) return;
    const shown = JSON.stringify(bytes.latin1Slice());
    counts.differences.push(`seed ${seed}, text ${i}: ${problem}: ${shown} (pointers ${pointers})`);
  });
}

function judgeAll(judge, pointers, texts) {
  const asked = Buffer.from(pointers.map((pointer) => `${pointer}\n`).join(''));
  write(judge, [asked]);
  const known = judge.use_pointers(asked.length);
  if (known !== pointers.length) throw new Error(`no pointers: ${pointers}`);
  const sizes = Buffer.from(Uint32Array.from(texts, (text) => text.length).buffer);
  write(judge, [sizes, ...texts]);
  const at = judge.judge(texts.length) >>> 0;
  const width = 2 * pointers.length + 4;
  const words = new Uint32Array(judge.memory.buffer, at, width * texts.length);
  const names = Buffer.from(judge.memory.buffer, judge.names() >>> 0);
  return (i) => {
    const row = words.subarray(i * width, (i + 1) * width);
    const [verdict, rows, nameAt, nameSize] = row.subarray(2 * pointers.length);
    const name = nameAt === none ? undefined : names.latin1Slice(nameAt, nameAt + nameSize);
    return { ranges: row, verdict, rows, name };
  };
}

function write(judge, parts) {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  let at = judge.room(size) >>> 0;
  const memory = new Uint8Array(judge.memory.buffer);
  for (const part of parts) {
    memory.set(part, at);
    at += part.length;
  }
}

/** What the two see differently in one text. */
function problemOf(bytes, { ranges, verdict, rows, name }, paths, counts) {
  const parsed = parse(bytes);
  if (verdict !== (parsed ? 3 : 0))
    return `judged ${verdict}, but it is ${parsed ? '' : 'no '}JSON`;
  if (!parsed) return rows === none ? undefined : `${rows} rows of no JSON`;
  counts.good += 1;
  const { value, text } = parsed;
  const rowsWanted = Array.isArray(value) ? value.length : 1;
  if (rows !== rowsWanted) return `${rows} rows instead of ${rowsWanted}`;
  if (typeof value === 'number') {
    const number = text.trim();
    counts.named += name === undefined ? 0 : 1;
    const isRight = name === undefined ? !mustHaveName(number) : name === String(Number(number));
    if (!isRight) return `named ${name}`;
  }
  for (const [i, path] of paths.entries()) {
    const [offset, size] = [ranges[2 * i], ranges[2 * i + 1]];
    const wanted = walk(value, path);
    if ((offset === none) !== (wanted === nothing)) {
      return `/${path.join('/')} is ${wanted === nothing ? 'nothing' : JSON.stringify(wanted)}`;
    }
    if (offset === none) continue;
    counts.found += 1;
    const range = decode(bytes.subarray(offset, offset + size));
    if (range !== range.trim()) return `space around ${range}`;
    if (!isSame(JSON.parse(range), wanted)) return `/${path.join('/')} found ${range}`;
  }
  return undefined;
}
