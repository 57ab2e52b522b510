// Lines of the built core in Node, without a network: what a socket would bring is given to it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { resolveOptions } from '../../../dist/core/options.js';
import { startCore } from '../../../dist/core/wasmCore.js';
import { batchOf, streamIndex } from './tickerFrames.js';

const wasmPath = fileURLToPath(new URL('../../../dist/core/core.wasm', import.meta.url));
const protocol = 'openline.1';

/** As much of a browser's WebSocket as a line uses. */
class FedSocket {
  static newest = null;
  binaryType = 'arraybuffer';
  bufferedAmount = 0;
  extensions = '';
  readyState = 0;
  protocol = '';

  constructor(url, protocols = []) {
    this.url = url;
    this.offered = [protocols].flat();
    FedSocket.newest = this;
  }

  addEventListener() {}
  send() {}
  close() {
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.protocol = this.offered[0] ?? '';
    this.onopen({ type: 'open', target: this });
  }

  say(data) {
    this.onmessage({ type: 'message', target: this, data, origin: '' });
  }
}

globalThis.WebSocket = FedSocket;
const module = await WebAssembly.compile(new Uint8Array(await readFile(wasmPath)));
const core = await startCore({ wasmModule: module }, undefined, () => {
  throw new Error('the core has stopped');
});

/**
 * A line with one collection; on a line with streams it is of the only one, and `feed` gives it
 * BATCH frames.
 */
export function openIngest({ hasStream }) {
  let states;
  let streams;
  let state;
  const options = hasStream ? { protocols: [protocol] } : {};
  const user = { url: () => 'ws://127.0.0.1/', options: () => options };
  const config = {
    ...resolveOptions(options),
    ...{ user, binaryType: 'arraybuffer' },
    states: {
      started(of) {
        states = of;
      },
      stopped() {},
    },
    streams: hasStream
      ? {
          started(of) {
            streams = of;
          },
          stopped() {},
          subscribed() {},
          published: (_, { run, skip }) => states.takeRun(state, run, skip),
          resync: unexpected,
          denied: unexpected,
        }
      : undefined,
  };
  const line = core.createLine(config, { record() {}, settled() {}, stopped: unexpected });
  state = states.add({
    ...{ kind: 'collection', hasStream, key: '/id', update: 'replace' },
    ...{ maxRows: 100_000, maxBytes: 64 * 1024 * 1024 },
  });
  if (state === 0) throw new Error('the core did not take the state');
  if (hasStream) streams.subscribe('board', null);
  line.open();
  const socket = FedSocket.newest;
  socket.open();
  if (hasStream) {
    const told = { v: 1, hb: 25_000, idle: 35_000, max: 65_536, win: 256, ack: 0 };
    const s = [['board', streamIndex, 'e1', 0, true]];
    socket.say(JSON.stringify([1, { ...told, s }]));
  }
  return { states, state, feed: (frame) => socket.say(frame), close: () => line.dispose() };
}

/** Messages as frames of `perFrame` each, the first one after `first` others. */
export function batchesOf(messages, perFrame, first) {
  const frames = [];
  for (let at = 0; at < messages.length; at += perFrame) {
    const texts = messages.slice(at, at + perFrame);
    const { head, payloads } = batchOf({ texts, first: first + at });
    const frame = new Uint8Array(head.length + payloads.length);
    frame.set(head);
    frame.set(Buffer.from(payloads, 'latin1'), head.length);
    frames.push(frame.buffer);
  }
  return frames;
}

function unexpected(...told) {
  throw new Error(`the core told ${JSON.stringify(told)}`);
}
