import { isNewer, type Position } from './position.js';

/** Epochs that are over; an old page of the application may still show a snapshot of one. */
const EPOCHS_MAX = 16;

/**
 * Which snapshot a state stands on, and how far it has gone on from there. Components may be given
 * different ones, in any order and again with each render: the newest counts, and counts once.
 */
export class StandingSnapshot {
  /** Up to here what JavaScript has is all there is. */
  at: Position | null = null;
  /** It stands on a snapshot with a position, so that a gap needs a newer one. */
  isAnchored = false;
  private isGiven = false;
  private isLost = false;
  /** Up to here the core has taken the stream. */
  private readUpTo: Position | null = null;
  private readonly over = new Set<string>();

  /**
   * Whether the state is to stand on this one from now on.
   *
   * @param at null: a bare value, which counts where nothing else is known
   * @param isMissing the stream does not bring what is missing, or not yet
   */
  takes(at: Position | null, isMissing: boolean, isBlank: () => boolean): boolean {
    if (at === null ? !this.isFirst(isBlank) : !this.isBetter(at, isMissing)) return false;
    const before = this.readUpTo ?? this.at;
    if (before !== null && at !== null && before[0] !== at[0]) this.endEpoch(before[0]);
    this.isGiven = true;
    this.isLost = false;
    this.isAnchored = at !== null;
    this.at = at;
    this.readUpTo = at;
    return true;
  }

  /** The stream begins here. */
  begin(at: Position | null): void {
    this.at ??= at;
  }

  passed(at: Position | null): void {
    this.readUpTo = at;
  }

  settle(at: Position | null): void {
    this.at = at ?? this.at;
    this.readUpTo = this.at;
  }

  /** What was known up to here is known in part: one that is as new helps. */
  lost(at: Position): void {
    this.isLost = true;
    this.readUpTo = at;
  }

  clear(): void {
    this.at = null;
    this.readUpTo = null;
    this.isAnchored = false;
    this.isGiven = false;
    this.isLost = false;
  }

  /** Asked once: it is rendered again and again, and to look for rows may mean to read them. */
  private isFirst(isBlank: () => boolean): boolean {
    if (this.isGiven) return false;
    this.isGiven = true;
    return isBlank();
  }

  private isBetter(at: Position, isMissing: boolean): boolean {
    if (this.over.has(at[0])) return false;
    if (!this.isAnchored) return true;
    const known = this.readUpTo ?? this.at;
    if (known === null) return true;
    return this.isLost
      ? !isNewer(known, at) || at[0] !== known[0]
      : isMissing && isNewer(at, known);
  }

  private endEpoch(epoch: string): void {
    this.over.add(epoch);
    if (this.over.size > EPOCHS_MAX) this.over.delete(this.over.values().next().value as string);
  }
}
