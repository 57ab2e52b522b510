import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import { CoreSeat } from '../../../js/src/core/coreSeat.js';
import { type CoreStateSpec, OBSERVE_VALUES } from '../../../js/src/core/coreStates.js';
import { FakeCoreStates } from '../../support/fakeCoreStates.js';

const spec: CoreStateSpec = { kind: 'log', hasStream: true, key: '/id', maxBytes: 1_000 };
let core: FakeCoreStates;
let seat: CoreSeat;
const home = {
  core: null as FakeCoreStates | null,
  takes: 0,
  taken: vi.fn(() => {
    home.takes += 1;
  }),
  peeked: vi.fn(),
  seeded: vi.fn(),
  stateError: vi.fn(),
};

beforeEach(() => {
  vi.clearAllMocks();
  core = new FakeCoreStates();
  Object.assign(home, { core, takes: 0 });
  seat = new CoreSeat('board', spec, home, OBSERVE_VALUES);
});

const take = (...values: unknown[]) => {
  const bytes = new TextEncoder().encode(JSON.stringify(values).slice(1, -1));
  seat.take(new Batch(bytes, values.length, ['e1', 1], core.run(values)));
};

describe('a seat in the core', () => {
  it('knows that it knows nothing of what came in unobserved', () => {
    seat.enter(core);
    expect(seat.isWhole).toBe(true);
    take({ id: 'a' });
    expect([seat.isWhole, seat.isKnown]).toEqual([false, true]);
    seat.flushed();
    expect([seat.isWhole, seat.isKnown]).toEqual([false, false]);
  });

  it('asks for a flush while what is known may be out of date and nobody notices', () => {
    seat.enter(core);
    expect(home.peeked).toHaveBeenCalledTimes(1);
    seat.observe(OBSERVE_VALUES);
    seat.flushed();
    expect(home.peeked).toHaveBeenCalledTimes(1);
    seat.observe(0);
    expect(home.peeked).toHaveBeenCalledTimes(2);
    take({ id: 'a' });
    seat.flushed();
    expect(home.peeked).toHaveBeenCalledTimes(2);
  });

  it('knows nothing of what the core has that refused what it was given', () => {
    seat.enter(core);
    vi.spyOn(core, 'seed').mockReturnValueOnce(undefined);
    expect(seat.seed([{ id: 'a' }])).toBeUndefined();
    expect([seat.isWhole, seat.isKnown]).toEqual([false, false]);
    expect(home.seeded).toHaveBeenCalledOnce();
  });

  it('goes on from what it has when the core stops over what it was given', () => {
    seat.enter(core);
    vi.spyOn(core, 'seed').mockImplementationOnce(() => {
      Object.assign(home, { core: null });
      seat.lose(true);
      return undefined;
    });
    expect(seat.seed([{ id: 'a' }])).toBeUndefined();
    expect([seat.isWhole, home.seeded.mock.calls.length]).toEqual([true, 0]);
  });

  it('reads only what it does not know', () => {
    seat.enter(core);
    expect(seat.read(true)).toBeUndefined();
    home.peeked.mockClear();
    take({ id: 'a' });
    expect(seat.read(false)).toBeUndefined();
    expect(seat.read(true)).toMatchObject({ 4: [{ id: 'a' }] });
    expect(seat.isWhole).toBe(true);
    expect(home.peeked).toHaveBeenCalledOnce();
  });

  it('knows all while all is observed', () => {
    seat.enter(core);
    seat.observe(OBSERVE_VALUES);
    seat.observe(OBSERVE_VALUES);
    take({ id: 'a' });
    seat.flushed();
    expect(seat.isWhole).toBe(true);
    expect(core.calls.filter((call) => call.startsWith('observe'))).toHaveLength(1);
    expect(home.taken).toHaveBeenCalledExactlyOnceWith(true, 10);
  });

  it('says when there are too many states, or too many watched rows', () => {
    core.statesMax = 0;
    expect(seat.enter(core)).toBe(false);
    core.statesMax = 1;
    core.watchesMax = 0;
    seat.enter(core);
    expect(seat.watch('a')).toBe(0);
    expect(home.stateError.mock.calls.map(([{ code, message }]) => [code, message])).toEqual([
      [
        'message',
        'openline: board: the line has as many states as it may have; read fewer at once.',
      ],
      ['message', 'openline: board: too many of its rows are read one by one; read the whole.'],
    ]);
  });

  it('is silent where the core has stopped', () => {
    core.isStopped = true;
    home.core = null;
    expect(seat.enter(core)).toBe(false);
    expect([seat.watch('a'), seat.seed([]), seat.read(true)]).toEqual([0, undefined, undefined]);
    expect(seat.readRow('a')).toBeUndefined();
    take({ id: 'a' });
    seat.leave(null);
    expect(home.stateError).not.toHaveBeenCalled();
    expect(home.taken).not.toHaveBeenCalled();
  });

  it('says that a first value has no JSON form, and why', () => {
    seat.enter(core);
    const ring: unknown[] = [];
    ring.push(ring);
    expect(seat.seed(ring)).toBeUndefined();
    expect([seat.isWhole, home.seeded.mock.calls.length]).toEqual([true, 0]);
    expect(home.stateError.mock.calls[0]?.[0].message).toMatch(
      /^openline: board: from has no JSON form \(.*circular.*\); give what JSON can hold\.$/s,
    );
  });

  it('is given up with what the core had', () => {
    seat.enter(core);
    seat.leave(core);
    seat.leave(core);
    expect(core.calls.filter((call) => call.startsWith('remove'))).toEqual(['remove 1']);
    expect(seat.number).toBe(0);
    seat.lose(false);
    expect(seat.isWhole).toBe(false);
  });
});
