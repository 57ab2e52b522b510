import { meaningOf } from './closeCodes.js';
import { Credentials } from './credentials.js';
import { FloodGauge } from './floodGauge.js';
import { FrameStore } from './frameStore.js';
import { Ledger } from './ledger.js';
import { LineLog } from './lineLog.js';
import { inSeconds, outageWords } from './outageWords.js';
import { Pulse, timeoutMs } from './pulse.js';

/**
 * All that the page remembers. Messages may come by the ten thousand per second, so they are
 * only counted here as they come; React hears of it once per animation frame.
 */
export class PageRecord {
  #ledger = new Ledger(() => performance.now());
  #flood = new FloodGauge(() => performance.now());
  #pulse = new Pulse(() => Date.now());
  #log = new LineLog();
  #credentials = new Credentials((text, tone) => this.note(text, tone));
  #traffic = { out: 0, in: 0, pingsOut: 0, pingsIn: 0 };
  #outage = null;
  store = new FrameStore(
    () => this.#take(),
    (gapMs) => {
      this.#flood.frame(gapMs);
      return this.#flood.isRunning;
    },
  );

  /** What the line tells and asks: options of `useWebSocket`, the same while the page lives. */
  lineOptions = {
    onOpen: () => this.#opened(),
    onMessage: (event) => this.#received(event),
    onClose: (event) => this.#closed(event),
    onDrop: ({ data }) => this.#dropped(data),
    onOutage: (outage) => this.#recovered(outage),
    auth: this.#credentials,
  };
  heartbeat = this.#pulse.heartbeat(() => this.#pinged());

  get isRenewing() {
    return this.#credentials.isBeingRenewed;
  }

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

  /** Another option makes another line, and the old one leaves without a word. */
  heartbeatSwitched(isOn) {
    const gone = this.#ledger.replaced();
    this.#flood.closed();
    this.#pulse.ended();
    const loss = gone === 0 ? '' : ` ${gone} that waited went with the old one.`;
    this.note(`You switched the heartbeat ${isOn ? 'on' : 'off'}: another line.${loss}`, 'you');
  }

  #opened() {
    this.#pulse.opened();
    const released = this.#ledger.opened();
    this.#traffic.out += released;
    this.note(released ? `Open. ${released} that had waited went out.` : 'Open.', 'good');
  }

  #received({ data }) {
    if (this.#pulse.heard(data)) {
      this.#traffic.pingsIn += 1;
    } else {
      this.#traffic.in += 1;
      const message = decode(data);
      if (message?.flood) this.#flood.note(message);
      else if (message?.seq) this.#ledger.echo(message.seq);
    }
    this.store.changed();
  }

  #pinged() {
    this.#traffic.pingsOut += 1;
    this.store.changed();
  }

  #closed({ code, reason }) {
    this.#ledger.closed();
    this.#flood.closed();
    if (this.#pulse.ended() && code === 1006) {
      this.note(`Given up as dead: no answer to a ping for ${inSeconds(timeoutMs)}.`, 'bad');
      return;
    }
    const meaning = meaningOf(code);
    const said = `${code}${meaning && ` (${meaning})`}${reason && `, “${reason}”`}`;
    this.note(`Closed: ${said}.`, code === 1000 ? 'plain' : 'bad');
  }

  #recovered(outage) {
    this.#outage = outage;
    this.note(outageWords(outage), outage.unconfirmed === 0 ? 'good' : 'bad');
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
      pulse: this.#pulse.snapshot(),
      log: this.#log.entries,
      traffic: { ...this.#traffic },
      outage: this.#outage,
      isRenewing: this.isRenewing,
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
