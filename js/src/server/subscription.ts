import type { SharedRun } from './batch.js';
import type { History, Position } from './broker.js';
import type { Follower } from './follower.js';
import type { HubStream, Replay } from './hubStream.js';
import {
  drainedUnsentMax,
  fruitlessReadsMax,
  keyedUnsentMax,
  replayTurnBytesMax,
  replayUnsentMax,
  rereadMs,
  unsentMax,
} from './unsentLimits.js';

/**
 * - `joining`: the broker is asked where it begins
 * - `answered`: SUBSCRIBED is on its way, `start` is to come
 * - `live`: takes what the stream flushes
 * - `reading`: the broker is asked for what was missed
 * - `behind`: waits until the socket has drained, or for its next turn
 * - `stopped`: history could not cover a gap; only a new join helps
 * - `left`: it is over
 */
type State = 'joining' | 'answered' | 'live' | 'reading' | 'behind' | 'stopped' | 'left';

/**
 * What one subscriber has got of one stream. It keeps no publications: all it knows is `sentTo`,
 * and what a slow subscriber has missed is read from the broker when its socket has drained.
 */
export class Subscription {
  private state: State = 'joining';
  private epoch = '';
  private sentTo = 0;
  /** What is to be replayed at `start`. */
  private first: History | null = null;
  /** Answers to an earlier turn are nobody's any more. */
  private turn = 0;
  private fruitlessReads = 0;
  /** The epoch of the live feed when the broker was last asked. */
  private askedIn: string | null;
  /** The client has told the position; nobody else shall get the answer to it. */
  private isTold = false;

  constructor(
    readonly follower: Follower,
    readonly stream: HubStream,
    readonly index: number,
  ) {
    this.askedIn = stream.epoch;
  }

  /** The broker's answer to the join. */
  answer(history: History, from: number): void {
    if (this.state !== 'joining') return;
    this.epoch = history.epoch;
    this.sentTo = from;
    this.state = history.entries === null ? 'stopped' : 'answered';
    if (history.entries !== null) this.first = history;
  }

  start(): void {
    if (this.state !== 'answered' || this.first === null) return;
    const history = this.first;
    this.first = null;
    this.replay(history.top, this.stream.runsAfter(this.sentTo, this.index, history));
  }

  /** Publications of the stream that have just been flushed. */
  take(epoch: string, run: SharedRun): void {
    if (this.state !== 'live') return;
    const isOfEpoch = epoch === this.epoch;
    if (isOfEpoch && run.last <= this.sentTo) return;
    if (!isOfEpoch || run.first > this.sentTo + 1) {
      this.catchUp();
      return;
    }
    const conflates = run.entries.at(-1)?.key !== null;
    if (this.follower.subscriber.unsent > (conflates ? keyedUnsentMax : unsentMax)) {
      this.fallBehind();
      return;
    }
    const isShared = run.index === this.index && run.first === this.sentTo + 1;
    const own = isShared ? run : run.from(this.sentTo + 1, this.index);
    this.sentTo = run.last;
    this.follower.take(own);
  }

  /** RECOVER: sends again what comes after `position`, or says that history cannot. */
  recover([epoch, offset]: Position): void {
    if (this.state === 'joining' || this.state === 'answered') return;
    if (this.state === 'stopped' || this.state === 'left') return;
    this.epoch = epoch;
    this.sentTo = offset;
    this.fruitlessReads = 0;
    this.isTold = true;
    const waitMs = this.follower.readsInMs;
    if (waitMs > 0) this.comeBack(waitMs);
    else this.catchUp();
  }

  /** The socket has drained, or its turn has come. */
  resume(): void {
    if (this.state === 'behind') this.catchUp();
  }

  leave(): void {
    this.state = 'left';
    this.first = null;
    this.turn++;
  }

  private fallBehind(): void {
    this.state = 'behind';
    this.turn++;
    this.follower.isLagging = true;
  }

  private catchUp(): void {
    if (this.follower.subscriber.unsent > replayUnsentMax) {
      this.fallBehind();
      return;
    }
    this.state = 'reading';
    this.askedIn = this.stream.epoch;
    const turn = ++this.turn;
    const from: Position = [this.epoch, this.sentTo];
    const { stream, index } = this;
    const read = this.isTold ? stream.replayAfter(from, index) : stream.missedAfter(from, index);
    read.then(
      (replay) => {
        if (turn === this.turn) this.receive(replay);
      },
      (error: unknown) => {
        if (turn === this.turn) this.follower.fail(error);
      },
    );
  }

  private receive({ history, runs }: Replay): void {
    if (this.isTold) this.follower.hasRead(history.entries?.length ?? 0);
    this.isTold = false;
    if (history.entries === null) {
      this.state = 'stopped';
      this.follower.resync(this.index, history.epoch, history.top);
      return;
    }
    if (history.top > this.sentTo) this.fruitlessReads = 0;
    this.replay(history.top, runs);
  }

  private replay(top: number, runs: Iterable<SharedRun>): void {
    const { turn } = this;
    let bytes = 0;
    for (const run of runs) {
      if (this.follower.subscriber.unsent > replayUnsentMax) {
        this.fallBehind();
        return;
      }
      if (bytes > replayTurnBytesMax) {
        this.comeBack();
        return;
      }
      bytes += run.bytes.length;
      this.sentTo = run.last;
      this.follower.take(run);
      this.follower.flush();
      if (turn !== this.turn) return;
    }
    this.sentTo = Math.max(this.sentTo, top);
    this.goLive();
  }

  /** Unless the stream has gone on meanwhile, and what it flushed would be missed. */
  private goLive(): void {
    const { epoch, flushedTo } = this.stream;
    if (epoch !== this.epoch && epoch !== this.askedIn) {
      this.catchUp();
      return;
    }
    // A feed that was in another epoch already when the broker was asked is itself behind.
    if (epoch !== this.epoch || flushedTo <= this.sentTo) {
      this.state = 'live';
      return;
    }
    if (this.fruitlessReads >= fruitlessReadsMax) {
      const text = `does not know offset ${flushedTo} of "${this.stream.name}", which it passed on`;
      this.follower.fail(new Error(`openline: the broker ${text}.`));
      return;
    }
    this.fruitlessReads++;
    if (this.fruitlessReads === 1) this.catchUp();
    else this.comeBack(rereadMs);
  }

  private comeBack(afterMs = 0): void {
    this.state = 'behind';
    const turn = ++this.turn;
    const resume = (): void => {
      if (turn === this.turn) this.resume();
    };
    if (afterMs === 0) setImmediate(resume);
    else setTimeout(resume, afterMs).unref();
  }
}

/** Whether a socket with that much unsent is sent to again. */
export function hasDrained(unsent: number): boolean {
  return unsent <= drainedUnsentMax;
}
