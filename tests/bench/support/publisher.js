import { clockMs } from './clock.js';

/**
 * Publishes JSON objects of about `bytes` bytes on `stream`: `perSecond` of them, evenly, until
 * `stop()` or `count`; with `keys` above 0 under so many keys in turn. Each says its number, its
 * key and when it was published.
 */
export class Publisher {
  published = 0;
  #publish;
  #spec;
  #rest;
  #startedAt = clockMs();
  #timer = null;
  #done;

  constructor(publish, { count = Number.POSITIVE_INFINITY, keys = 0, ...spec }) {
    this.#publish = publish;
    this.#spec = { ...spec, count, keys };
    const head = Buffer.byteLength(JSON.stringify(this.#value('', 100_000.5)));
    this.#rest = 'x'.repeat(Math.max(spec.bytes - head, 0));
    this.done = new Promise((resolve) => {
      this.#done = resolve;
    });
    this.#round();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#done(this.published);
  }

  #round() {
    const { perSecond, count } = this.#spec;
    const due = Math.min(((clockMs() - this.#startedAt) * perSecond) / 1_000, count);
    while (this.published < due) this.#publishOne();
    if (this.published >= count) this.stop();
    else this.#timer = setTimeout(() => this.#round(), 1);
  }

  #publishOne() {
    const value = this.#value(this.#rest, clockMs());
    this.published += 1;
    this.#publish(this.#spec.stream, value, value.k);
  }

  #value(rest, at) {
    const { stream, keys } = this.#spec;
    const k = keys > 0 ? `key ${this.published % keys}` : null;
    return { s: stream, n: this.published, k, at, rest };
  }
}
