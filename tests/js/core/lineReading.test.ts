import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core } from '../../../js/src/core/core.js';
import { defineLine, settingsOf } from '../../../js/src/core/lineDefinition.js';
import { LineReading } from '../../../js/src/core/lineReading.js';
import { MessagePassing } from '../../../js/src/core/messagePassing.js';
import { latest, messages, reduce } from '../../../js/src/core/stateDefinition.js';
import { FakeCoreStates } from '../../support/fakeCoreStates.js';
import { board } from '../../support/statesFixture.js';

const callbacks = { onError: vi.fn(), onResync: vi.fn(), onDenied: vi.fn(), onEvict: vi.fn() };
const line = {
  hold: vi.fn(() => () => {}),
  tell: (one: (told: typeof callbacks) => void) => one(callbacks),
  coreStopped: vi.fn(),
};
const plain = defineLine('ws://host/', {
  state: {
    price: latest<number>({ match: { '/type': 'price' }, value: '/v' }),
    count: reduce((count: number, more: readonly unknown[]) => count + more.length, 0),
    rest: messages({ match: { '/type': 'rest' } }),
  },
});
const bare = defineLine('ws://host/', {});

let core: FakeCoreStates;
beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  core = new FakeCoreStates();
});
afterEach(() => vi.useRealTimers());

const loaded = {
  createPassing: (...given) => new MessagePassing(...given),
} as Partial<Core> as Core;
const readingOf = (definition: typeof bare) => {
  const reading = new LineReading(definition, settingsOf(definition), line);
  reading.loaded(loaded);
  return reading;
};
const message = (data: unknown) => new MessageEvent('message', { data });

describe('a line without streams', () => {
  it('gives each message to its states and to those who read messages', () => {
    const reading = readingOf(plain);
    reading.started(core);
    reading.opened();
    reading.changed('open');
    const published = vi.fn();
    reading.read(plain.rest, { published }, null);
    const messages = [{ type: 'price', v: 7 }, { type: 'rest' }];
    for (const each of messages) reading.received(message(JSON.stringify(each)));
    vi.advanceTimersByTime(16);
    expect(reading.live(plain.price).whole.get()).toBe(7);
    expect(reading.live(plain.count).whole.get()).toBe(2);
    expect(published.mock.calls.map(([batch]) => batch.values())).toEqual([[messages[1]]]);
    reading.dispose();
  });

  it('keeps no message back that is to be given to a reader', () => {
    const price = latest<number>({ value: '/v' });
    const watched = defineLine('ws://host/', { state: { price, rest: messages() } });
    const reading = readingOf(watched);
    expect(reading.gather('{"v":1}')).toBe(false);
    reading.started(core);
    reading.opened();
    reading.live(watched.price).whole.subscribe(() => {});
    for (const v of [1, 2]) reading.received(message(`{"v":${v}}`));
    expect(reading.gather('{"v":3}')).toBe(true);
    const reader = reading.read(watched.rest, { published: vi.fn() }, null);
    expect(reading.gather('{"v":4}')).toBe(false);
    reader.leave();
    expect(reading.gather('{"v":5}')).toBe(true);
    reading.dispose();
  });

  it('parses nothing that nobody reads', () => {
    const reading = readingOf(bare);
    reading.changed('open');
    const parse = vi.spyOn(JSON, 'parse');
    reading.received(message('{'));
    expect(parse).not.toHaveBeenCalled();
    expect(callbacks.onError).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('tells once of what is no JSON, if somebody reads it, and goes on', () => {
    const reading = readingOf(plain);
    reading.changed('open');
    const published = vi.fn();
    for (let i = 0; i < 2; i++) reading.read(plain.rest, { published }, null);
    reading.received(message('{'));
    reading.received(message('{"type":"rest"}'));
    expect(callbacks.onError).toHaveBeenCalledOnce();
    expect(callbacks.onError.mock.calls[0]?.[0]).toMatchObject({ code: 'message' });
    expect(published).toHaveBeenCalledTimes(2);
  });

  it('takes no answer to a heartbeat for a message, whoever knows it', () => {
    const replies = ['pong', ({ data }: MessageEvent) => data === 'pong'];
    for (const returnMessage of replies) {
      const price = latest<number>({ value: '/v' });
      const beating = defineLine('ws://host/', { heartbeat: { returnMessage }, state: { price } });
      const reading = readingOf(beating);
      reading.started(core);
      reading.opened();
      reading.changed('open');
      const published = vi.fn();
      reading.read(beating.price, { published }, null);
      for (const data of ['pong', '{"v":1}']) reading.received(message(data));
      expect(callbacks.onError).not.toHaveBeenCalled();
      expect(published).toHaveBeenCalledOnce();
      reading.dispose();
    }
  });

  it('reads what comes in although nobody can tell whether it is an answer', async () => {
    const uncaught = vi.fn();
    process.once('unhandledRejection', uncaught);
    const returnMessage = () => {
      throw new Error('no idea');
    };
    const count = messages();
    const beating = defineLine('ws://host/', { heartbeat: { returnMessage }, state: { count } });
    const reading = readingOf(beating);
    reading.changed('open');
    const published = vi.fn();
    reading.read(beating.count, { published }, null);
    reading.received(message('1'));
    expect(published).toHaveBeenCalledOnce();
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve));
    expect(uncaught).toHaveBeenCalledOnce();
  });

  it('reads on while it is closing', () => {
    const reading = readingOf(plain);
    const reader = reading.read(plain.rest, { published: vi.fn() }, null);
    const statuses = (['connecting', 'open', 'closing', 'waiting'] as const).map((status) => {
      reading.changed(status);
      return reader.status;
    });
    expect(statuses).toEqual(['subscribing', 'live', 'live', 'subscribing']);
  });
});

describe('a line with streams', () => {
  it('makes states when they are asked for, also once the core is there', () => {
    const reading = readingOf(board);
    reading.started(core);
    reading.opened();
    expect(core.calls).toEqual([]);
    const rows = reading.live(board.rows);
    rows.whole.subscribe(() => {});
    expect(line.hold).toHaveBeenCalledOnce();
    expect(core.calls[0]).toBe('add collection');
    reading.dispose();
    expect(core.states.size).toBe(0);
  });

  it('refuses a state where the definition keeps nothing', () => {
    const none = defineLine('ws://host/', { state: { rest: messages({ stream: 'rest' }) } });
    expect(() => readingOf(none).live(none.rest as never)).toThrow(
      new TypeError('openline: that member of the line keeps nothing.'),
    );
  });
});
