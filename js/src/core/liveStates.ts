import type { CoreDelta, CoreStates } from './coreStates.js';
import { Flush } from './flush.js';
import { Gathered, isShort } from './gathered.js';
import { afterThisStack, isPageHidden } from './host.js';
import type { KeptState, KeptStateHome } from './keptState.js';
import { KnownStates } from './knownStates.js';
import type { Eviction } from './lineCallbacks.js';
import type { LineStates, StatesOwner } from './lineStates.js';
import type { LiveStateOf } from './liveState.js';
import type { OpenlineError } from './openlineError.js';
import type { PlainMessage } from './plainMessage.js';
import type { Reading } from './reading.js';
import { ReducedState } from './reducedState.js';
import { RowsState } from './rowsState.js';
import { shielded } from './shielded.js';
import { faultError, moreFaultsError } from './stateFault.js';
import type { StateRef } from './stateRef.js';
import { ValueState } from './valueState.js';

/** Made when the first state of the line is asked for. */
export function openStates(owner: StatesOwner): LineStates {
  return new LiveStates(owner);
}

/**
 * The states of one line, over one instance of the core after the other. What comes in goes to the
 * core; each flush takes what has changed of all that is observed, brings every state up to date,
 * and then tells all readers in one go, so that React renders once.
 */
class LiveStates implements LineStates, KeptStateHome {
  takes = 0;
  private present: CoreStates | null = null;
  private readonly known = new KnownStates<KeptState>();
  private readonly running = new Set<KeptState>();
  private readonly byNumber = new Map<number, KeptState>();
  private readonly flush = new Flush(
    () => this.show(),
    () => this.catchUp(),
  );
  /** What the core does not have yet. There is some only while a frame is due. */
  private readonly gathered = new Gathered();
  /** Since the last flush the line has heard of a message, and its page is in sight. */
  private isBehind = false;
  private reducedCount = 0;
  private readonly untold = new Set<Reading<unknown>>();
  private notices: (() => void)[] = [];
  private isPeeked = false;
  private isShowing = false;

  constructor(readonly owner: StatesOwner) {}

  /** Whoever enters it finds all that has come in. */
  get core(): CoreStates | null {
    this.catchUp();
    return this.present;
  }

  of<R extends StateRef>(ref: R): LiveStateOf<R> {
    return this.stateOf(ref) as unknown as LiveStateOf<R>;
  }

  keep(ref: StateRef): void {
    this.stateOf(ref).run();
  }

  received(message: PlainMessage): void {
    const { core } = this;
    let isDue = this.reduce(message);
    if (core !== null && this.byNumber.size > 0) {
      isDue = core.takeMessage(message.data) || isDue;
    }
    // Where no frames come it is the messages that lead to a flush, one by one. That the page is
    // hidden meanwhile is said to the line, so the next message comes here again.
    this.isBehind = !isPageHidden();
    this.taken(isDue, message.size);
  }

  /**
   * One at a time, most of what a message costs is not reading it but passing it on. What may be
   * read without the core is known to be old from now on.
   */
  gather(text: string, make: { of(text: string): PlainMessage }): boolean {
    const isTaken = this.isBehind && this.flush.isFrameDue && this.present !== null;
    if (!isTaken || !isShort(text)) return false;
    this.takes += 1;
    if (this.reducedCount > 0) this.reduce(make.of(text));
    if (this.gathered.add(text)) {
      this.catchUp();
      this.flush.settled();
    }
    return true;
  }

  settled(): void {
    this.flush.settled();
  }

  dispose(): void {
    for (const state of [...this.running]) state.end();
    this.present = null;
    this.catchUp();
    this.flush.cancel();
    this.tell();
  }

  // For the core.

  started(core: CoreStates): void {
    this.present = core;
    for (const state of [...this.running]) state.coreStarted(core);
  }

  stopped(): void {
    this.present = null;
    // As lost as what the core had of the time since the last flush.
    this.catchUp();
    this.byNumber.clear();
    for (const state of [...this.running]) state.coreStopped();
  }

  // For the states.

  stateError(error: OpenlineError): void {
    this.notify(() => this.owner.stateError(error));
  }

  evicted(eviction: Eviction): void {
    this.notify(() => this.owner.evicted(eviction));
  }

  begun(state: KeptState): void {
    this.running.add(state);
    // One that was hidden goes on as it was, and others join it.
    this.known.add(state);
    if (state instanceof ReducedState) this.reducedCount += 1;
  }

  /** Whoever comes from now on begins anew. */
  ended(state: KeptState): void {
    this.running.delete(state);
    this.known.remove(state);
    if (state instanceof ReducedState) this.reducedCount -= 1;
  }

  numbered(state: KeptState, before: number): void {
    this.byNumber.delete(before);
    if (state.number !== 0) this.byNumber.set(state.number, state);
  }

  taken(isDue: boolean, bytes: number): void {
    this.takes += 1;
    if (isDue || this.isPeeked) this.flush.took(bytes);
  }

  peeked(): void {
    this.isPeeked = true;
  }

  seeded(): void {
    this.flush.took(0);
    afterThisStack(() => this.flush.settled());
  }

  changed(reading: Reading<unknown>): void {
    if (!reading.isObserved) return;
    if (this.untold.size === 0 && !this.isShowing) afterThisStack(() => this.tell());
    this.untold.add(reading);
  }

  private reduce(message: PlainMessage): boolean {
    if (this.reducedCount === 0) return false;
    for (const state of this.running) if (state instanceof ReducedState) state.received(message);
    return true;
  }

  /** The core gets what was gathered. */
  private catchUp(): void {
    this.gathered.drain((texts) => {
      const isKept = this.byNumber.size > 0 && (this.present?.takeMessages(texts) ?? false);
      if (isKept || this.isPeeked || this.reducedCount > 0) this.flush.took(texts.text.length);
    });
  }

  private show(): void {
    this.isShowing = true;
    this.isPeeked = false;
    this.isBehind = false;
    for (const state of [...this.running]) shielded(() => state.retake());
    const delta = this.core?.takeDelta();
    for (const entry of delta?.[0] ?? []) {
      const state = this.byNumber.get(entry[0]);
      if (state !== undefined) shielded(() => state.apply(entry));
    }
    for (const state of [...this.running]) shielded(() => state.flushed());
    if (delta !== undefined) this.tellFaults(delta);
    this.isShowing = false;
    this.tell();
    const { notices } = this;
    this.notices = [];
    for (const notice of notices) notice();
  }

  /** Runs code of the application: not while one state is up to date and another one is not. */
  private notify(notice: () => void): void {
    if (this.isShowing) this.notices.push(notice);
    else notice();
  }

  private tell(): void {
    const untold = [...this.untold];
    this.untold.clear();
    for (const reading of untold) reading.tell();
  }

  private tellFaults([, faults, more]: CoreDelta): void {
    for (const fault of faults) {
      const state = this.byNumber.get(fault[0]);
      if (state !== undefined) this.stateError(faultError(state.ref, fault));
    }
    if (more > 0) this.stateError(moreFaultsError(more));
  }

  private stateOf(ref: StateRef): KeptState {
    const known = this.known.find(ref);
    if (known !== undefined) return known;
    const state = this.make(ref);
    this.known.add(state);
    return state;
  }

  private make(ref: StateRef): KeptState {
    switch (ref.kind) {
      case 'reduce':
        return new ReducedState(ref, this) as KeptState;
      case 'log':
      case 'collection':
        return new RowsState(ref, this) as unknown as KeptState;
      case 'latest':
      case 'document':
        return new ValueState(ref, this);
    }
    return ref.kind satisfies never;
  }
}
