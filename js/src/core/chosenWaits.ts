import type { CoreLineConfig, CoreRecord, Leftover, RecordSink } from './core.js';
import type { Instance } from './coreEntry.js';
import { failureError } from './failureError.js';
import { afterThisTask, epochOf, lineNow, TIMER_MS_MAX } from './host.js';
import type { OpenlineError } from './openlineError.js';
import { shielded } from './shielded.js';
import { WasmLine } from './wasmLine.js';

type StatusRecord = CoreRecord & { readonly kind: 'status' };

/** The first of `OPTION_TABLE`. */
type Values = [number, number, number, number, number];

/** What is waited for when the application does not say: react-use-websocket's. */
const WAIT_MS = 5_000;

/**
 * A line whose waits the application chooses one by one (`reconnectInterval` as a function). The
 * core is made to wait for ever, and told when the wait is over: its budget, its deadlines and the
 * events of the page go on counting.
 */
export class ChosenWaitLine extends WasmLine {
  private readonly waits: ChosenWaits;

  constructor(instance: Instance<WasmLine>, config: CoreLineConfig, sink: RecordSink) {
    const waits = new ChosenWaits(config, sink, {
      retry: () => super.reconnect(),
      end: () => super.close(undefined, ''),
    });
    super(instance, config, waits);
    this.waits = waits;
  }

  override reconnect(): void {
    this.waits.reset();
    super.reconnect();
  }

  override dispose(): void {
    this.waits.reset();
    super.dispose();
  }
}

/** True for a line that must be one. */
export function choosesWaits({ user }: CoreLineConfig): boolean {
  return typeof user.options().reconnectInterval === 'function';
}

/** Puts the waits that the application chooses in the place of the core's. */
class ChosenWaits implements RecordSink {
  private retries = 0;
  private openSince = Number.POSITIVE_INFINITY;
  private hasFailed = false;
  private cancel = (): void => {};
  private readonly attemptsMax: number;
  private readonly stableAfterMs: number;

  constructor(
    private readonly config: CoreLineConfig,
    private readonly sink: RecordSink,
    private readonly line: { retry(): void; end(): void },
  ) {
    // Not by name: the table is the app's, and would become a chunk that both import.
    [, , , this.attemptsMax, this.stableAfterMs] = config.values as Values;
  }

  /** The application starts anew, or lets the line go. */
  reset(): void {
    this.cancel();
    this.retries = 0;
    this.hasFailed = false;
    this.openSince = Number.POSITIVE_INFINITY;
  }

  record(record: CoreRecord): void {
    if (record.kind !== 'status') this.sink.record(record);
    else this.follow(record);
  }

  settled(): void {
    this.sink.settled();
  }

  stopped(error: OpenlineError | null, left: Leftover): void {
    this.cancel();
    this.sink.stopped(error, left);
  }

  private follow(record: StatusRecord): void {
    // Closed because it has failed, which has been told.
    if (this.hasFailed && record.status === 'closed') return;
    this.cancel();
    const { retryAt, status } = record;
    // Any other wait is for a turn of the budget, for the page, or because the page is back.
    const isForEver = retryAt !== null && retryAt > epochOf(lineNow() + TIMER_MS_MAX / 2);
    if (isForEver) this.sink.record(this.choose(record));
    else this.sink.record({ ...record, attempt: status === 'closed' ? 0 : this.retries });
    if (status === 'open') this.openSince = lineNow();
  }

  private choose(record: StatusRecord): StatusRecord {
    if (lineNow() - this.openSince >= this.stableAfterMs) this.retries = 0;
    this.openSince = Number.POSITIVE_INFINITY;
    if (this.retries >= this.attemptsMax) return this.fail(record);
    const ms = this.askedWait();
    this.cancel = afterThisTask(() => {
      this.retries += 1;
      this.line.retry();
    }, ms);
    return { ...record, attempt: this.retries + 1, retryAt: epochOf(lineNow() + ms) };
  }

  private fail(record: StatusRecord): StatusRecord {
    this.hasFailed = true;
    this.line.end();
    const error = failureError('attempts', record.error);
    const attempt = this.retries;
    return { ...record, status: 'failed', reason: 'attempts', attempt, retryAt: null, error };
  }

  private askedWait(): number {
    const { reconnectInterval } = this.config.user.options();
    let ms = WAIT_MS;
    shielded(() => {
      const said = typeof reconnectInterval === 'function' && reconnectInterval(this.retries);
      if (typeof said === 'number' && said >= 0) ms = Math.min(Math.trunc(said), TIMER_MS_MAX);
      else throw new TypeError('openline: reconnectInterval must give milliseconds from 0.');
    });
    return ms;
  }
}
