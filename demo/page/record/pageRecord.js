import { meaningOf } from './closeCodes.js';
import { FloodGauge } from './floodGauge.js';
import { FrameStore } from './frameStore.js';
import { Ledger } from './ledger.js';
import { LineLog } from './lineLog.js';

/**
 * All that the page remembers. Messages may come by the ten thousand per second, so they are
 * only counted here as they come; React hears of it once per animation frame.
 */
export class PageRecord {
  #ledger = new Ledger(() => performance.now());
  #flood = new FloodGauge(() => performance.now());
  #log = new LineLog();
  #traffic = { out: 0, in: 0 };
  store = new FrameStore(
    () => this.#take(),
    (gapMs) => {
      this.#flood.frame(gapMs);
      return this.#flood.isRunning;
    },
  );

  /** What the line tells: options of `useWebSocket`, the same over the life of the page. */
  listeners = {
    onOpen: () => this.#opened(),
    onMessage: (event) => this.#received(event),
    onClose: (event) => this.#closed(event),
    onDrop: ({ data }) => this.#dropped(data),
  };

  note(text, tone) {
    this.#log.add(text, tone);
    this.store.changed();
  }

  send(text, sendMessage) {
    const state = this.#ledger.add(text, sendMessage);
    if (state === 'sent') this.#traffic.out += 1;
    this.store.changed();
  }

  floodBegan({ id, count }) {
    this.#flood.begin(id, count);
    this.store.changed();
  }

  #opened() {
    const released = this.#ledger.opened();
    this.#traffic.out += released;
    this.note(released ? `Open. ${released} that had waited went out.` : 'Open.', 'good');
  }

  #received({ data }) {
    this.#traffic.in += 1;
    const message = decode(data);
    if (message?.flood) this.#flood.note(message);
    else if (message?.seq) this.#ledger.echo(message.seq);
    this.store.changed();
  }

  #closed({ code, reason }) {
    this.#ledger.closed();
    this.#flood.closed();
    const meaning = meaningOf(code);
    const said = `${code}${meaning && ` (${meaning})`}${reason && `, “${reason}”`}`;
    this.note(`Closed: ${said}.`, code === 1000 ? 'plain' : 'bad');
  }

  #dropped(message) {
    this.#ledger.drop(decode(message)?.seq);
    this.store.changed();
  }

  #take() {
    return {
      rows: this.#ledger.rows(),
      counts: { ...this.#ledger.counts },
      pending: { ...this.#ledger.pending },
      flood: this.#flood.snapshot(),
      log: this.#log.entries,
      traffic: { ...this.#traffic },
    };
  }
}

function decode(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
