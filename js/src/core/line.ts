import { isSendable, type Outbound, sizeOf } from './byteLength.js';
import { checkCloseArguments } from './closeArguments.js';
import type {
  ChosenByServer,
  CoreLine,
  DropCause,
  LineConfig,
  LineUser,
  SendFate,
} from './core.js';
import type { FirstListener, LineListener } from './lineListener.js';
import { IDLE, type LineSnapshot } from './lineSnapshot.js';
import { loadCore } from './loadCore.js';
import type { OpenlineError } from './openlineError.js';
import { PendingQueue } from './pendingQueue.js';
import { refusalOf } from './refusal.js';
import type { Restarts } from './restarts.js';
import { shielded } from './shielded.js';

/** What became of a message, at once. Sending never throws. */
export type SendReceipt =
  | { readonly state: 'sent' | 'queued'; readonly reason?: undefined }
  | { readonly state: 'refused'; readonly reason: OpenlineError };

const SENT: SendReceipt = Object.freeze({ state: 'sent' });

/**
 * One line to one URL, from its first `open` to `dispose`. Making it does nothing yet. What it does
 * with a core is in the core's chunk (attachedLine.ts), for which some of it is public.
 */
export class Line {
  binaryType: BinaryType = 'blob';
  /** For the attached line, as all down to `listener`. */
  core: CoreLine | null = null;
  restarts: Restarts | null = null;
  isWanted = false;
  readonly pending: PendingQueue;
  private current = IDLE;
  private isGone = false;
  private isLoading = false;

  constructor(
    readonly user: LineUser,
    readonly options: LineConfig,
    public listener: LineListener | FirstListener,
  ) {
    this.pending = new PendingQueue(options, (value, cause) => this.drop(value, cause));
  }

  get snapshot(): LineSnapshot {
    return this.current;
  }

  get isDisposed(): boolean {
    return this.isGone;
  }

  open(): void {
    if (this.isGone || this.current.status === 'failed') return;
    this.isWanted = true;
    if (this.core !== null) this.core.open();
    else this.load();
  }

  /** Connects now, whatever the state; an open connection is replaced. */
  reconnect(): void {
    if (this.isGone) return;
    this.isWanted = true;
    if (this.core !== null) this.core.reconnect();
    else this.load();
  }

  /** @throws TypeError for a code or reason that a close frame cannot carry. */
  close(code?: number, reason = ''): void {
    checkCloseArguments(code, reason);
    this.isWanted = false;
    if (this.core !== null) this.core.close(code, reason);
    else this.end();
  }

  /** @param keep false: refuse what would have to wait */
  send(value: unknown, keep = true): SendReceipt {
    return isSendable(value) ? this.take(value, keep) : refusalOf('unsendable', this.current);
  }

  /** `send` of what is known to be sendable. */
  take(value: Outbound, keep = true): SendReceipt {
    const fate = this.core?.send(value, keep) ?? this.fateWithoutCore(value, keep);
    if (fate === 'sent') return SENT;
    if (fate.startsWith('queue-') && this.options.queueOverflow === 'drop-newest') {
      this.drop(value, 'overflow');
    }
    if (fate !== 'queued') return refusalOf(fate, this.current);
    this.updateQueued();
    return { state: 'queued' };
  }

  /** All that waited before the core was there; it waits no more. */
  takeWaiting(): Outbound[] {
    return this.pending.drain().map(({ value }) => value);
  }

  setBinaryType(type: BinaryType): void {
    this.binaryType = type;
    this.core?.setBinaryType(type);
  }

  bufferedAmount(): number {
    return this.core?.bufferedAmount() ?? this.pending.byteSize;
  }

  chosen(): ChosenByServer {
    return this.core?.chosen() ?? { url: '', protocol: '', extensions: '' };
  }

  /** Closes with 1000 and lets everything go, silently. */
  dispose(): void {
    this.isGone = true;
    this.isWanted = false;
    this.core?.dispose();
    this.core = null;
    this.pending.drain();
    this.current = { ...IDLE, status: 'closed' };
  }

  // For the attached line.

  /** Closed, without a core that would tell of it. */
  end(): void {
    this.set({ ...IDLE, status: 'closed' });
    this.pending.close();
  }

  /** @param error why the core before has stopped */
  load(error: OpenlineError | null = null): void {
    if (this.isLoading) return;
    this.isLoading = true;
    this.set({ ...IDLE, status: 'connecting', error, queued: this.pending.size });
    loadCore(this.options.hasDocuments)
      .finally(() => {
        this.isLoading = false;
      })
      .then((core) => core.attach(this))
      .catch((reason: OpenlineError) => {
        if (this.isWanted) this.failToLoad(reason);
      });
  }

  failToLoad(error: OpenlineError): void {
    this.set({ ...IDLE, status: 'failed', reason: 'wasm', error, queued: this.pending.size });
  }

  updateQueued(): void {
    const queued = this.core?.queued() ?? this.pending.size;
    if (queued !== this.current.queued) this.set({ queued });
  }

  set(change: Partial<LineSnapshot>): void {
    const names = Object.keys(change) as (keyof LineSnapshot)[];
    if (names.every((name) => this.current[name] === change[name])) return;
    this.current = { ...this.current, ...change };
    if (change.status !== undefined) this.restarts?.note(change.status);
    this.listener.changed();
  }
  private fateWithoutCore(value: Outbound, keep: boolean): SendFate {
    if (sizeOf(value) > this.options.messageBytesMax) return 'too-large';
    if (this.isGone || this.current.status === 'closed') return 'closed';
    if (this.current.status === 'failed') return 'failed';
    if (!keep) return 'not-open';
    return this.pending.push(value);
  }

  /** Sending never throws, and what is dropped next is told as well. */
  private drop(value: unknown, cause: DropCause): void {
    if (!this.isGone) shielded(() => this.listener.dropped(value, cause));
  }
}
