// Publications through memory broker and hub, to subscribers that only take them: what the server
// itself costs, without sockets. And the memory of a subscription that is idle.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';

// Half a million publications a second on one core.
const cpuBar = 2;
const { runs, isJudged } = runsAsked(5, 2);
const count = isJudged ? 1_000_000 : 200_000;
const payload = Buffer.from(JSON.stringify({ id: 17, text: 'x'.repeat(81) }));

/** Lays out what it takes, as a connection does, and forgets it. */
class Counting {
  unsent = 0;
  publications = 0;
  bytes = 0;

  take(run) {
    this.publications += run.entries.length;
    this.bytes += run.frame.length;
  }

  flush() {}
  resync() {
    throw new Error('nothing was to be missed');
  }
  fail(error) {
    throw error;
  }
}

const { Hub, memoryBroker } = await loadServer();

const shapes = [
  { name: 'unkeyed, 1 subscriber', subscribers: 1, keys: 0 },
  { name: 'unkeyed, 1,000 subscribers', subscribers: 1_000, keys: 0 },
  { name: '1,000 keys, 1 subscriber', subscribers: 1, keys: 1_000 },
  { name: '1,000 keys, 1,000 subscribers', subscribers: 1_000, keys: 1_000 },
];
const rows = [];
for (const shape of shapes) {
  const results = await measureAll(shape);
  const [rate, cpuUs, overhead] = ['rate', 'cpuUs', 'overhead'].map((figure) =>
    medianOf(results, (result) => result[figure]),
  );
  rows.push([
    shape.name,
    `${Math.round(rate / 1_000)} k/s`,
    `${cpuUs.toFixed(2)} µs of CPU`,
    `${overhead.toFixed(2)} B of overhead`,
  ]);
  if (shape === shapes[0])
    judge({ name: shape.name, figure: cpuUs, bar: cpuBar, unit: ' µs', isJudged });
}
printTable(`publications of ${payload.length} B, ${count} of them`, rows);
console.log(`\nan idle subscription: ${await measureMemory()} B of heap`);

async function measureAll(shape) {
  const results = [];
  // The first run compiles the code, and is not counted.
  for (let i = -1; i < runs; i++) {
    const result = await measure(shape);
    if (i >= 0) results.push(result);
  }
  return results;
}

/** In turns of 1,000 publications, so that rounds come in between. */
async function measure({ subscribers, keys }) {
  const hub = new Hub({ broker: memoryBroker() });
  const all = Array.from({ length: subscribers }, () => new Counting());
  for (const each of all) (await hub.join(each, 'board', null)).start();
  const names = Array.from({ length: keys }, (_, i) => ({ key: `key ${i}` }));
  const before = process.cpuUsage();
  const began = performance.now();
  for (let sent = 0; sent < count; ) {
    for (let i = 0; i < 1_000; i++, sent++) hub.publish('board', payload, names[sent % keys]);
    await new Promise((done) => setImmediate(done));
  }
  await new Promise((done) => setTimeout(done, 10));
  const ms = performance.now() - began - 10;
  const { user, system } = process.cpuUsage(before);
  for (const { publications } of all) {
    if (publications !== count) throw new Error(`took ${publications} of ${count}`);
  }
  hub.close();
  const overhead = all[0].bytes / count - payload.length;
  return { rate: (count * 1_000) / ms, cpuUs: (user + system) / count, overhead };
}

async function measureMemory() {
  const hub = new Hub({ broker: memoryBroker() });
  const all = Array.from({ length: 20_000 }, () => new Counting());
  const before = heap();
  for (const each of all) (await hub.join(each, 'board', null)).start();
  const bytes = Math.round((heap() - before) / all.length);
  hub.close();
  return bytes;
}

function heap() {
  if (globalThis.gc === undefined)
    throw new Error('run it as: node --expose-gc tests/bench/hub.js');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The sources as they are, whether or not they have been built. */
async function loadServer() {
  const source = fileURLToPath(new URL('../../js/src/server/', import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './hub.js'; export * from './memoryBroker.js';`,
      resolveDir: source,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
