import { describe, expect, it, vi } from 'vitest';
import { type Context, fail, mayAccess, now, publish } from '../../../js/src/server/context.js';
import { Counters } from '../../../js/src/server/counters.js';
import type { Handlers } from '../../../js/src/server/handlers.js';
import { resolveLimits } from '../../../js/src/server/limits.js';

function context(handlers: Partial<Handlers<unknown>> = {}) {
  const published = vi.fn(() => ['e1', 1] as const);
  const made = {
    counters: new Counters(),
    handlers: { authenticate: () => null, authorize: () => false, ...handlers },
    hub: { publish: published },
    settings: { limits: resolveLimits({ publicationBytes: 1_024 }) },
  };
  return { context: made as unknown as Context, published };
}

describe('mayAccess', () => {
  it('takes true for an answer, and nothing else for a yes', async () => {
    for (const answer of [true, false, 1, 'yes', {}, undefined, null]) {
      const { context: made } = context({ authorize: () => answer as boolean });
      expect(await mayAccess(made, 'ada', 'a', 'read')).toBe(answer === true);
      const { context: later } = context({ authorize: async () => answer as boolean });
      expect(await mayAccess(later, 'ada', 'a', 'read')).toBe(answer === true);
    }
  });

  it('rejects with what authorize throws', async () => {
    const { context: made } = context({
      authorize: () => {
        throw new Error('no database');
      },
    });
    await expect(mayAccess(made, 'ada', 'a', 'write')).rejects.toThrow('no database');
  });
});

describe('fail', () => {
  it('counts and reports', () => {
    const onEvent = vi.fn();
    const { context: made } = context({ onEvent });
    const error = new Error('x');
    fail(made, 'broker', error, { stream: 'a' });
    fail(made, 'onMessage', error);
    fail(made, 'authorize', error);
    expect(made.counters).toMatchObject({ brokerFailures: 1, handlerFailures: 1 });
    expect(onEvent.mock.calls.map(([event]) => event.during)).toEqual([
      'broker',
      'onMessage',
      'authorize',
    ]);
    expect(onEvent.mock.calls[0]).toEqual([
      { type: 'failed', during: 'broker', error, stream: 'a' },
    ]);
  });
});

describe('publish', () => {
  it('hands JSON in UTF-8 to the hub', () => {
    const { context: made, published } = context();
    const origin = { client: 'c', seq: 1, ordinal: 1 };
    expect(publish(made, { stream: 'a', value: { é: 1 }, key: 'k', origin })).toEqual(['e1', 1]);
    const payload = Buffer.from('{"é":1}');
    expect(published).toHaveBeenCalledExactlyOnceWith('a', payload, { key: 'k', origin });
    expect(made.counters.published).toBe(1);
  });

  it('takes what is called __proto__ for what it is', () => {
    const { context: made, published } = context();
    const value: unknown = JSON.parse('{"__proto__":{"isAdmin":true}}');
    publish(made, { stream: '__proto__', value, key: '__proto__' });
    const payload = Buffer.from('{"__proto__":{"isAdmin":true}}');
    expect(published).toHaveBeenCalledWith('__proto__', payload, { key: '__proto__' });
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it.each([
    [{ stream: '', value: 1 }, /is no stream/],
    [{ stream: 'a', value: 1, key: '' }, /a key is/],
    [{ stream: 'a', value: undefined }, /a publication on 'a' is undefined/],
    [{ stream: 'a', value: 1n }, /a publication on 'a' is no JSON/],
    [{ stream: 'a', value: 'x'.repeat(1_023) }, /has 1025 bytes of JSON, more than/],
  ])('refuses %o, and counts nothing', (publication, text) => {
    const { context: made, published } = context();
    expect(() => publish(made, publication)).toThrow(text);
    expect(published).not.toHaveBeenCalled();
    expect(made.counters.published).toBe(0);
  });
});

it('has a clock of whole milliseconds that never goes back', () => {
  const before = now();
  expect(Number.isInteger(before)).toBe(true);
  expect(now()).toBeGreaterThanOrEqual(before);
});
