import { Batch } from '../../js/src/core/batch.js';
import type { Position } from '../../js/src/core/position.js';
import type { Streams } from '../../js/src/core/streams.js';
import type { FakeCoreStates } from './fakeCoreStates.js';
import type { Row } from './statesFixture.js';

/** What rows publications lead to, done by hand. */
export function foldRows(publications: readonly (Row | readonly Row[])[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const row of publications.flat()) {
    if (row.op === 'delete') rows.delete(row.id);
    else rows.set(row.id, row);
  }
  return [...rows.values()];
}

/** One stream of a server, which answers and sends only when a walk says so. */
export class WalkedStream {
  published: (Row | readonly Row[])[] = [];
  private epoch = 1;
  /** What was published before is no longer to be had. */
  oldest = 0;
  private ids = 0;
  private asked: { readonly id: number; readonly from: Position | null } | null = null;
  private live = 0;
  private sent = 0;

  /** What the client asks it by. */
  readonly core = {
    subscribe: (_: string, from: Position | null) => {
      this.ids += 1;
      this.core.resubscribe(this.ids, from);
      return this.ids;
    },
    resubscribe: (id: number, from: Position | null) => {
      this.asked = { id, from };
      this.live = 0;
    },
    unsubscribe: () => this.cut(),
  };

  snapshot(offset = this.published.length) {
    const value = foldRows(this.published.slice(0, offset)).map((row) => ({ ...row }));
    return { value, at: [`e${this.epoch}`, offset] as Position };
  }

  /** The connection is lost. */
  cut(): void {
    this.asked = null;
    this.live = 0;
  }

  /** What the client does not have yet is lost; and in a new epoch the offsets begin anew. */
  forget(isEpoch: boolean): void {
    const before: Position = [`e${this.epoch}`, this.sent];
    if (isEpoch) {
      this.published = [...foldRows(this.published)];
      this.epoch += 1;
    }
    this.oldest = this.published.length;
    const isBehind = isEpoch || this.sent < this.oldest;
    if (this.live !== 0 && isBehind) this.core.resubscribe(this.live, before);
  }

  /** Answers what was asked, or sends what comes next, up to `most` of it. */
  step(streams: Streams, core: FakeCoreStates, most = 1): void {
    if (this.asked !== null) this.answer(streams, this.asked);
    const next = this.published.slice(this.sent, this.sent + most);
    if (this.live === 0 || next.length === 0) return;
    this.sent += next.length;
    const bytes = new TextEncoder().encode(next.map((each) => JSON.stringify(each)).join());
    const at: Position = [`e${this.epoch}`, this.sent];
    streams.published(this.live, new Batch(bytes, next.length, at, core.run(next)));
  }

  private answer(streams: Streams, { id, from }: { id: number; from: Position | null }): void {
    const { published } = this;
    this.asked = null;
    const epoch = `e${this.epoch}`;
    if (from !== null && (from[0] !== epoch || from[1] < this.oldest)) {
      streams.resync(id, [epoch, published.length]);
      return;
    }
    this.live = id;
    this.sent = from === null ? published.length : from[1];
    streams.subscribed(id, [epoch, this.sent]);
  }
}
