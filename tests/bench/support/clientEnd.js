import { WebSocket } from 'ws';
import { helloText, readRuns, textsOf } from './batchReader.js';
import { clockMs } from './clock.js';

/**
 * One client. Counts all that it gets (`entries`, and `gaps` where offsets or numbers leave one
 * out); reads the texts of the streams in `readStreams` and remembers their delays (`delays`) and
 * the newest number of each key (`newest`).
 */
export class ClientEnd {
  entries = 0;
  gaps = 0;
  resyncs = 0;
  closeCode = null;
  newest = new Map();
  #kind;
  #port;
  #delays;
  #positions = new Map();
  #indexes = new Map();
  #readStreams;
  #socket = null;

  constructor({ kind, port, delays = null, readStreams = [] }) {
    this.#kind = kind;
    this.#port = port;
    this.#delays = delays;
    this.#readStreams = new Set(readStreams);
  }

  /** Settles when the subscriptions are answered. */
  connect(streams) {
    const isLine = this.#kind === 'openline';
    const host = `127.0.0.1:${this.#port}`;
    const query = isLine ? '' : `?${streams.map((name) => `stream=${name}`).join('&')}`;
    const url = `ws://${host}/${isLine ? 'openline' : ''}${query}`;
    const options = { origin: `http://${host}`, perMessageDeflate: false };
    const socket = new WebSocket(url, isLine ? ['openline.1'] : [], options);
    this.#socket = socket;
    this.closeCode = null;
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => {
        this.closeCode = code;
        reject(new Error(`closed with ${code}`));
      });
      socket.on('open', () => {
        if (!isLine) resolve();
        else socket.send(helloText(streams.map((n) => [n, this.#positions.get(n) ?? null])));
      });
      socket.on('message', (bytes, isBinary) => {
        if (!isLine) this.#receivePlain(bytes);
        else if (isBinary) this.#receiveBatch(bytes);
        else if (this.#receiveControl(JSON.parse(bytes))) resolve();
      });
    });
  }

  /** Nothing more is read from the TCP socket. */
  pause() {
    this.#socket.pause();
  }

  resume() {
    this.#socket.resume();
  }

  /** Bytes that came by the present socket, headers of the upgrade included. */
  get bytesRead() {
    return this.#socket._socket.bytesRead;
  }

  /** True for WELCOME. */
  #receiveControl([opcode, ...rest]) {
    if (opcode === 9) this.#socket.send('[9,0]');
    if (opcode === 6) this.resyncs += 1;
    if (opcode !== 1) return false;
    for (const [name, index, epoch, top, recovered] of rest[0].s) {
      if (index === null) throw new Error(`${name} was refused`);
      if (!recovered) this.resyncs += 1;
      const known = this.#positions.get(name);
      const last = recovered && known ? known[1] : top;
      this.#positions.set(name, [epoch, last]);
      this.#indexes.set(index, name);
    }
    return true;
  }

  #receiveBatch(frame) {
    const at = clockMs();
    readRuns(frame, (run) => {
      const name = this.#indexes.get(run.index);
      const position = this.#positions.get(name);
      if (run.first !== position[1] + 1) this.gaps += 1;
      position[1] = run.last;
      this.entries += run.lengths.length;
      if (!this.#readStreams.has(name)) return;
      for (const text of textsOf(frame, run)) this.#read(JSON.parse(text), at);
    });
  }

  #receivePlain(bytes) {
    this.entries += 1;
    if (this.#readStreams.size === 0) return;
    const value = JSON.parse(bytes);
    if (this.#readStreams.has(value.s)) this.#read(value, clockMs());
  }

  #read({ n, k, at }, receivedAt) {
    if (k !== null) this.newest.set(k, n);
    this.#delays?.push(receivedAt - at);
  }
}
