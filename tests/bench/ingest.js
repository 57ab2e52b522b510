// What a message costs on its way into a collection, by the scanner of the core and by JSON.parse
// and Map.set; and what a row costs that crosses to JavaScript because somebody looks at it. The
// built core in Node, without a network.
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { batchesOf, openIngest } from './support/ingestLine.js';
import { makeMessages, rowCount } from './support/ingestRows.js';
import { median } from './support/median.js';

const { runs, isJudged } = runsAsked(9, 5);
const binaryBar = 0.3;
const perFrame = 50;
const observeValues = 1;
const sizes = [
  { bytes: 87, versions: 4, passes: 25 },
  { bytes: 800, versions: 4, passes: 8 },
  { bytes: 8_192, versions: 2, passes: 3 },
];
const drained = [1, 50, 1_000];
const drainRounds = isJudged ? 200 : 10;

for (const size of sizes) reportIngest(size, measureIngest(size));
reportDrain(drained.map(measureDrain));

/** Microseconds a message, of each way and run. */
function measureIngest({ bytes, versions, passes }) {
  const messages = makeMessages(bytes, versions);
  const ways = waysOf(messages);
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  // The first two runs compile the code, and are not counted.
  for (let run = isJudged ? -2 : 0; run < runs; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const pass = way.prepare?.(isJudged ? passes : 1) ?? way.pass;
      const before = cpuMs();
      for (let i = 0; i < (isJudged ? passes : 1); i++) pass(i);
      const ms = cpuMs() - before;
      if (run >= 0) results[name].push((ms * 1_000) / messages.length / (isJudged ? passes : 1));
    }
  }
  for (const [name, { rows, close }] of Object.entries(ways)) {
    checkRows(name, rows(), messages.slice(-rowCount));
    close?.();
  }
  const sum = messages.reduce((total, { length }) => total + length, 0);
  return { results, bytes: sum / messages.length };
}

/** Each takes all messages in a pass; `rows` answers what it holds in the end. */
function waysOf(messages) {
  const texts = new Map();
  const decoded = new Map();
  const binary = messages.map((message) => new TextEncoder().encode(message).buffer);
  const decoder = new TextDecoder();
  const plain = [openIngest({ hasStream: false }), openIngest({ hasStream: false })];
  const batched = openIngest({ hasStream: true });
  let fed = 0;
  return {
    parse: {
      pass() {
        for (const message of messages) putRow(texts, JSON.parse(message));
      },
      rows: () => [...texts.values()],
    },
    'decode and parse': {
      pass() {
        for (const message of binary) putRow(decoded, JSON.parse(decoder.decode(message)));
      },
      rows: () => [...decoded.values()],
    },
    text: takenBy(plain[0], messages),
    binary: takenBy(plain[1], binary),
    batches: {
      /** No frame comes twice: each has its place in the stream. */
      prepare(passes) {
        const frames = Array.from({ length: passes }, () => {
          const made = batchesOf(messages, perFrame, fed);
          fed += messages.length;
          return made;
        });
        return (pass) => {
          for (const frame of frames[pass]) batched.feed(frame);
        };
      },
      rows: () => rowsOf(batched),
      close: batched.close,
    },
  };
}

function takenBy(line, messages) {
  return {
    pass() {
      for (const message of messages) line.states.takeMessage(message);
    },
    rows: () => rowsOf(line),
    close: line.close,
  };
}

function putRow(rows, row) {
  rows.set(row.id, row);
}

function rowsOf({ states, state }) {
  const [, , , , values] = states.read(state);
  return values;
}

function checkRows(name, rows, expected) {
  if (JSON.stringify(rows) === `[${expected.join(',')}]`) return;
  throw new Error(`${name}: the ${rows.length} rows are not those of the messages`);
}

/** Processor time, so that what else the machine does counts less. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Microseconds a row of a delta of `count`, until it is in a map; and by JSON.parse of each. */
function measureDrain(count) {
  const line = openIngest({ hasStream: false });
  const { states, state } = line;
  states.observe(state, observeValues);
  const messages = makeMessages(87, 2);
  for (const message of messages) states.takeMessage(message);
  states.takeDelta();
  const rows = new Map();
  const parsed = new Map();
  const times = { openline: [], parse: [] };
  for (let round = 0; round < drainRounds * 2; round++) {
    const first = (round % 2) * rowCount;
    const changed = messages.slice(first, first + count);
    for (const message of changed) states.takeMessage(message);
    const before = performance.now();
    const [[[, , , ids, values]]] = states.takeDelta();
    for (let i = 0; i < ids.length; i++) rows.set(ids[i], values[i]);
    const between = performance.now();
    for (const message of changed) putRow(parsed, JSON.parse(message));
    const after = performance.now();
    if (ids.length !== count) throw new Error(`a delta of ${ids.length} rows instead of ${count}`);
    if (round < drainRounds) continue;
    times.openline.push(((between - before) * 1_000) / count);
    times.parse.push(((after - between) * 1_000) / count);
  }
  line.close();
  return { count, openline: median(times.openline), parse: median(times.parse) };
}

function reportIngest(size, { results, bytes }) {
  const title = `messages of ${bytes.toFixed(0)} B into a collection of ${rowCount} rows`;
  const row = (name, way, base) => {
    const ratios = results[way].map((each, run) => each / results[base][run]);
    return [
      name,
      medianOf(results[way], (each) => each).toFixed(2),
      ...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map((each) => each.toFixed(2)),
    ];
  };
  printTable(`${title}, medians of ${runs} (Node ${process.version})`, [
    ['', 'µs each', 'of JSON.parse + Map.set', 'from', 'to'],
    row('JSON.parse + Map.set, of text', 'parse', 'parse'),
    row('the same, of binary', 'decode and parse', 'parse'),
    row('openline, text', 'text', 'parse'),
    row('openline, binary', 'binary', 'parse'),
    row(`openline, binary frames of ${perFrame}`, 'batches', 'parse'),
  ]);
  for (const way of ['binary', 'batches']) {
    const figure = median(results[way].map((each, run) => each / results.parse[run]));
    judge({ name: `${way}, ${size.bytes} B`, figure, bar: binaryBar, isJudged });
  }
}

function reportDrain(results) {
  printTable(`rows of 87 B that cross in one delta, medians of ${drainRounds}`, [
    ['', 'µs a row', 'JSON.parse + Map.set', 'ratio'],
    ...results.map(({ count, openline, parse }) => [
      `${count} changed`,
      ...[openline, parse, openline / parse].map((each) => each.toFixed(2)),
    ]),
  ]);
}
