import { beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { attach } from '../../../js/src/core/attachedLine.js';
import type {
  Core,
  CoreLine,
  CoreLineConfig,
  CoreRecord,
  RecordSink,
} from '../../../js/src/core/core.js';
import { Line } from '../../../js/src/core/line.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { RecordingListener } from '../../support/recordingListener.js';
import { userAt } from '../../support/sessionUser.js';

const listener = new RecordingListener();
const trap = new OpenlineError('wasm', 'it stopped');
const isOpen: CoreRecord = {
  kind: 'status',
  status: 'open',
  reason: null,
  attempt: 0,
  retryAt: null,
  error: null,
};

type Fake = Record<'adopt' | 'open', Mock>;

let line: Line;
let made: { config: CoreLineConfig; sink: RecordSink; line: Fake }[];
let core: Core;

beforeEach(() => {
  listener.reset();
  made = [];
  line = new Line(
    userAt(() => 'ws://x.example'),
    resolveOptions({}),
    listener,
  );
  // It waits for its core: what the fake core gives it is all that it gets.
  line.isWanted = true;
  core = {
    createLine(config: CoreLineConfig, sink: RecordSink) {
      const adopt = vi.fn((value: unknown) => (value === 'refused' ? 'queue-bytes' : 'queued'));
      const fake = { open: vi.fn(), adopt };
      const each = { ...fake, isStopped: false, queued: () => 0, dispose: vi.fn() };
      made.push({ config, sink, line: fake });
      return each as Partial<CoreLine> as CoreLine;
    },
  } as Partial<Core> as Core;
});

describe('attach', () => {
  it('hands over what waited, in order, and opens', () => {
    line.send('a');
    line.send('refused');
    line.send('b');
    attach(core, line);
    expect(made[0]?.line.adopt.mock.calls.map(([value]) => value)).toEqual(['a', 'refused', 'b']);
    expect(made[0]?.line.open).toHaveBeenCalledOnce();
    // What the core did not take is kept for the next one.
    expect(line.takeWaiting()).toEqual(['refused']);
  });

  it('makes nothing for a line that was closed meanwhile, or has a core', () => {
    line.close();
    attach(core, line);
    expect(made).toHaveLength(0);
    line.isWanted = true;
    attach(core, line);
    attach(core, line);
    expect(made).toHaveLength(1);
  });

  it('tells the core of the outage that began with the one before', () => {
    attach(core, line);
    made[0]?.sink.record(isOpen);
    const load = vi.spyOn(line, 'load').mockImplementation(() => {});
    made[0]?.sink.stopped(trap, { unsent: ['unsent'], unconfirmed: 2 });
    expect(load).toHaveBeenCalledWith(trap);
    attach(core, line);
    expect(made.map(({ config }) => config.lost?.unconfirmed)).toEqual([undefined, 2]);
    expect(made[1]?.line.adopt).toHaveBeenCalledWith('unsent', expect.any(Number));
  });
});

describe('what the core tells', () => {
  it('reaches the listener, and as a status the snapshot', () => {
    attach(core, line);
    const { sink } = made[0] as (typeof made)[0];
    sink.record(isOpen);
    expect(line.snapshot.status).toBe('open');
    const outage = { downMs: 1, unconfirmed: 0, recovered: false };
    sink.record({ kind: 'open' });
    sink.record({ kind: 'message', event: new MessageEvent('message', { data: 'hello' }) });
    sink.record({ kind: 'error' });
    sink.record({ kind: 'close', code: 1006, wasClean: false, reason: '' });
    sink.record({ kind: 'outage', outage });
    sink.record({ kind: 'drop', value: 'x', cause: 'expired' });
    expect(listener.events).toEqual(['open', 'message', 'error', 'close', 'outage', 'drop']);
    expect(listener.messages).toEqual(['hello']);
    expect(listener.closes).toEqual([{ code: 1006, wasClean: false, reason: '' }]);
    expect([listener.outages, listener.drops]).toEqual([
      [outage],
      [{ value: 'x', cause: 'expired' }],
    ]);
  });

  it('reaches nobody once the line is disposed', () => {
    attach(core, line);
    const { sink } = made[0] as (typeof made)[0];
    line.dispose();
    sink.record(isOpen);
    sink.record({ kind: 'open' });
    expect([line.snapshot.status, listener.events, sink.gather?.('text')]).toEqual([
      'closed',
      [],
      false,
    ]);
  });

  it('is the end of a line that stopped while nobody wanted it, and no failure', () => {
    attach(core, line);
    line.isWanted = false;
    made[0]?.sink.stopped(null, { unsent: [], unconfirmed: 0 });
    expect([line.snapshot.status, line.core]).toEqual(['closed', null]);
  });

  it('fails a line whose cores stop more than three times within a minute', () => {
    vi.spyOn(line, 'load').mockImplementation(() => {});
    for (let stops = 0; stops < 4; stops += 1) {
      attach(core, line);
      made[stops]?.sink.stopped(trap, { unsent: [], unconfirmed: 0 });
    }
    expect(line.snapshot).toMatchObject({ status: 'failed', reason: 'wasm' });
  });
});
