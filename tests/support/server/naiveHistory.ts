import { type HistoryLimits, recentMs } from '../../../js/src/server/streamHistory.js';

interface Published {
  readonly offset: number;
  readonly key: string | null;
  readonly at: number;
  readonly bytes: number;
}

/** What StreamHistory is to do, written down without any thought of what it costs. */
export class NaiveHistory {
  readonly published: Published[] = [];
  lostTo = 0;
  private log: Published[] = [];
  private peak = 0;
  private kept = new Set<Published>();

  constructor(private readonly limits: HistoryLimits) {}

  get top(): number {
    return this.published.length;
  }

  append(key: string | null, size: number, at: number): void {
    const bytes = size + (key?.length ?? 0) + 100;
    const entry = { offset: this.top + 1, key, at, bytes };
    this.published.push(entry);
    this.log.push(entry);
    for (const older of this.kept) if (key !== null && older.key === key) this.kept.delete(older);
    this.kept.add(entry);
    this.prune(at);
  }

  /** The offsets that are to come out. */
  read(offset: number): number[] | null {
    if (offset > this.top || offset < this.lostTo) return null;
    const after = this.published.filter((entry) => entry.offset > offset);
    return after.filter((entry) => !this.isSuperseded(entry)).map((entry) => entry.offset);
  }

  prune(now: number): void {
    const { size, ttlMs, entriesMax, keysMax, bytesMax } = this.limits;
    const recent = () => this.log.filter(({ at }) => now - at < recentMs).length;
    this.peak = Math.max(this.peak, recent());
    while (this.log.length > Math.min(Math.max(size, this.peak), entriesMax)) this.shift();
    while (this.log.length > recent() && now - (this.log[0]?.at ?? 0) >= ttlMs) this.shift();
    while (this.keyed().length > keysMax) this.lose(this.keyed()[0]);
    while (this.bytes() > bytesMax) {
      const [oldest] = this.keyed();
      if (oldest !== undefined && !this.log.some(({ offset }) => offset <= oldest.offset)) {
        this.lose(oldest);
      } else this.shift();
    }
    if (this.log.length === 0) this.peak = 0;
  }

  private keyed(): Published[] {
    return [...this.kept].filter(({ key }) => key !== null);
  }

  private bytes(): number {
    return [...this.kept].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private isSuperseded({ key, offset }: Published): boolean {
    return (
      key !== null && this.published.some((entry) => entry.key === key && entry.offset > offset)
    );
  }

  private shift(): void {
    const gone = this.log.shift();
    if (gone?.key === null) this.lose(gone);
  }

  private lose(entry: Published | undefined): void {
    if (entry === undefined) return;
    this.kept.delete(entry);
    this.lostTo = Math.max(this.lostTo, entry.offset);
  }
}
