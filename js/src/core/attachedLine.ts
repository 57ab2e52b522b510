import type { Core, CoreLine, CoreRecord, Leftover, RecordSink } from './core.js';
import type { Line } from './line.js';
import type { LineListener } from './lineListener.js';
import type { OpenlineError } from './openlineError.js';
import { Restarts } from './restarts.js';

// What a line does with its core. In the lazy chunk: nothing of it happens before that is there.

/** Gives a line that waits for its core a line of this one. */
export function attach(core: Core, line: Line): void {
  // Closed meanwhile: opening again comes here again. Opened twice: the first one has attached.
  if (!line.isWanted || line.core !== null) return;
  const { binaryType, options, user } = line;
  const listener = 'followedBy' in line.listener ? line.listener.followedBy(core) : line.listener;
  line.listener = listener;
  listener.loaded(core);
  const waiting = line.pending.drain();
  // Whoever was told of what had waited for too long may have closed the line.
  if (!line.isWanted) return;
  line.restarts ??= new Restarts();
  const config = { ...options, binaryType, user, lost: line.restarts.takeLost() };
  const made = core.createLine(config, new AttachedLine(line, listener));
  // Null when the core stops on the way; what it had taken is back in the queue, before the rest.
  line.core = made.isStopped ? null : made;
  for (const { value, ageMs } of waiting) {
    const fate = (line.core as CoreLine | null)?.adopt(value, ageMs);
    if (fate !== 'queued') line.pending.push(value);
  }
  // Only this tells what came of it: whoever closes the line then has the last word.
  line.core?.open();
  line.updateQueued();
}

/** Passes on to a line and its listener what the core tells. */
class AttachedLine implements RecordSink {
  constructor(
    private readonly line: Line,
    private readonly listener: LineListener,
  ) {}

  record(record: CoreRecord): void {
    const { line, listener } = this;
    if (line.isDisposed) return;
    if (record.kind === 'status') {
      const { kind: _, ...change } = record;
      line.set(change);
    } else if (record.kind === 'open') listener.opened();
    else if (record.kind === 'message') listener.received(record.event);
    else if (record.kind === 'error') listener.errored();
    else if (record.kind === 'close') listener.closed(record);
    else if (record.kind === 'outage') listener.recovered(record.outage);
    else listener.dropped(record.value, record.cause);
  }

  gather(text: string): boolean {
    return !this.line.isDisposed && (this.listener.gather?.(text) ?? false);
  }

  settled(): void {
    this.line.updateQueued();
    this.listener.settled?.();
  }

  stopped(error: OpenlineError | null, { unsent, unconfirmed }: Leftover): void {
    const { line } = this;
    line.core = null;
    // Under the bounds that they waited under before, so they fit.
    for (const value of unsent) line.pending.push(value);
    const { status } = line.snapshot;
    if (error === null || !line.isWanted) line.end();
    else if (status === 'failed') return;
    else {
      const refusal = line.restarts?.refusal(error, status === 'open', unconfirmed) ?? null;
      if (refusal === null) line.load(error);
      else line.failToLoad(refusal);
    }
  }
}
