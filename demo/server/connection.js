/** One socket of a visitor: it echoes, and it can be made to fail in each way a line fails. */
import { setImmediate } from 'node:timers/promises';

/** Above this a slow reader stops being read, so that its echoes cannot fill the memory. */
const bufferedBytesMax = 64 * 1024 * 1024;
/** A flood waits for the network at this many bytes, and lets others in after so many messages. */
const floodBufferedBytesMax = 1024 * 1024;
const floodBurst = 500;

export class Connection {
  #socket;
  #isStalled = false;
  #isCongested = false;
  #onResume = [];
  #isFlooding = false;

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (message, isBinary) => this.#echo(message, isBinary));
    socket.on('close', () => this.resume());
  }

  get isFlooding() {
    return this.#isFlooding;
  }

  /** No close frame and no warning: what a dead router or a closed laptop looks like. */
  cut() {
    this.#socket.terminate();
  }

  /** A close needs the other side's answer, so a stalled socket reads again first. */
  close(code, reason) {
    this.resume();
    this.#socket.close(code, reason);
  }

  /** Half-open: the socket stays, but nothing is read from it and nothing is answered. */
  stall() {
    this.#isStalled = true;
    this.#steer();
  }

  resume() {
    this.#isStalled = false;
    for (const resume of this.#onResume.splice(0)) resume();
    this.#steer();
  }

  /** Resolves with the number of messages that were sent, fewer if the socket closed. */
  async flood({ id, count, bytes }) {
    this.#isFlooding = true;
    let sent = 0;
    while (sent < count) {
      if (this.#isStalled) await new Promise((resolve) => this.#onResume.push(resolve));
      if (this.#socket.readyState !== this.#socket.OPEN) break;
      sent += 1;
      await this.#sendPaced(numbered({ id, n: sent, count, bytes }), sent);
    }
    this.#isFlooding = false;
    return sent;
  }

  #sendPaced(message, n) {
    if (this.#socket.bufferedAmount > floodBufferedBytesMax) {
      return new Promise((resolve) => this.#socket.send(message, resolve));
    }
    this.#socket.send(message);
    return n % floodBurst === 0 ? setImmediate() : undefined;
  }

  #echo(message, isBinary) {
    this.#socket.send(message, { binary: isBinary }, () => {
      this.#isCongested = this.#socket.bufferedAmount > bufferedBytesMax;
      this.#steer();
    });
    this.#isCongested = this.#socket.bufferedAmount > bufferedBytesMax;
    this.#steer();
  }

  #steer() {
    const isPaused = this.#isStalled || this.#isCongested;
    if (isPaused === this.#socket.isPaused) return;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }
}

/** Written by hand, since the text is the same each time but for its number. */
function numbered({ id, n, count, bytes }) {
  const start = `{"flood":"${id}","n":${n},"of":${count},"fill":"`;
  return `${start}${'.'.repeat(Math.max(0, bytes - start.length - 2))}"}`;
}
