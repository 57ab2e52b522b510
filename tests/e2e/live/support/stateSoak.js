// Messages through every kind of state, observed in every way, in a process of its own with
// `--expose-gc`; the other side of ChildServer. The socket is played, so that no other process and
// no buffer of a network hides what is kept.
import { collection, defineLine, document, latest, log, openLine, reduce } from 'openline';
import { answering } from '../../openline1/support/answering.js';

const ROWS = 1_000;
/** So many messages come between two frames. */
const PER_FRAME = 200;
/** A frame that was asked for has come by then. */
const FRAME_MAX_MS = 20;
const WAYS = ['whole', 'row', 'unread'];

/** What the line gets for a WebSocket: it opens by itself, and gives what it is told to. */
class PlayedSocket extends EventTarget {
  static newest;
  readyState = 0;
  binaryType = 'blob';
  bufferedAmount = 0;
  protocol = '';
  extensions = '';
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  constructor(url) {
    super();
    this.url = url;
    PlayedSocket.newest = this;
    setTimeout(() => {
      this.readyState = 1;
      this.tell(new Event('open'));
    });
  }

  tell(event) {
    this[`on${event.type}`]?.(event);
    this.dispatchEvent(event);
  }

  send() {}

  close(code = 1005, reason = '') {
    this.readyState = 3;
    const event = Object.assign(new Event('close'), { code, reason, wasClean: true });
    setTimeout(() => this.tell(event));
  }
}
globalThis.WebSocket = PlayedSocket;
// A frame comes as soon as those who make messages pause.
globalThis.requestAnimationFrame = (task) => setImmediate(task);
globalThis.cancelAnimationFrame = (frame) => clearImmediate(frame);

const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (module, imports) => {
  const instance = await instantiate(module, imports);
  for (const each of Object.values(instance.exports)) {
    if (each instanceof WebAssembly.Memory) memories.push(each);
  }
  return instance;
};

const kinds = {
  latest: () => latest(),
  log: () => log({ key: '/id', remove: { '/gone': true }, max: ROWS / 2 }),
  replace: () => collection({ key: '/id', remove: { '/gone': true } }),
  merge: () => collection({ key: '/id', remove: { '/gone': true }, update: 'merge' }),
  document: () => document({ patch: 'merge-patch' }),
  reduce: () => reduce((sum, messages) => messages.reduce((all, { n }) => all + n, sum), 0),
};

/** A line with a state of each kind for each way in which it is read. */
const state = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, make]) => WAYS.map((way) => [`${kind}_${way}`, make()])),
);
const definition = defineLine('ws://127.0.0.1/soak', { state });
const errors = [];
const line = openLine(definition, { onError: ({ message }) => void errors.push(message) });
let told = 0;

function observe() {
  const changed = () => {
    told += 1;
  };
  for (const [name, member] of Object.entries(definition)) {
    const live = line.live(member);
    if (name.endsWith('_whole')) live.whole.subscribe(changed);
    if (!name.endsWith('_row') || live.row === undefined) continue;
    live.keys.subscribe(changed);
    for (let i = 0; i < 50; i++) live.row(`row ${i}`).subscribe(changed);
  }
}

const expected = new Map();
let sent = 0;
let sum = 0;
let seed = 20_261_123;
function random(below) {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
}

function nextText() {
  sent += 1;
  sum += sent;
  const id = `row ${random(ROWS)}`;
  if (random(50) === 0) {
    expected.delete(id);
    return JSON.stringify({ id, n: sent, gone: true });
  }
  const row = { id, n: sent, price: random(100_000) / 100, text: 'x'.repeat(random(200)) };
  expected.set(id, row);
  return JSON.stringify(row);
}

/** Sends so many, with a frame after each few; answers what is held then. */
async function send(count) {
  for (let i = 1; i <= count; i++) {
    PlayedSocket.newest.tell(new MessageEvent('message', { data: nextText() }));
    if (i % PER_FRAME === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, FRAME_MAX_MS));
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const wasm = memories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0);
  // Linear memory is not among the buffers.
  return { sent, heap: heapUsed, buffers: arrayBuffers, wasm };
}

const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);

/** The states that are not what a fold in JavaScript is. */
function wrong() {
  const rows = [...expected.values()];
  const right = {
    latest: (value) => value.n === sent,
    log: (value) =>
      value.length <= ROWS / 2 && value.every((row) => same(row, expected.get(row.id))),
    replace: (value) => same(value, rows),
    merge: (value) => same(value, rows),
    document: (value) => value.n === sent,
    reduce: (value) => value === sum,
  };
  return Object.entries(definition)
    .filter(([name, member]) => !right[name.split('_')[0]](line.live(member).whole.get()))
    .map(([name]) => name);
}

answering(
  {
    async open() {
      observe();
      while (line.snapshot.status !== 'open') await new Promise((done) => setTimeout(done, 1));
    },
    send,
    account: () => ({ errors, told, wrong: wrong(), states: Object.keys(definition).length }),
  },
  () => process.exit(),
);
