import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import { OPTION_TABLE, resolveOptions } from '../../../js/src/core/options.js';

const limits = OPTION_TABLE.map((row, index) => ({ ...row, index })).filter(
  ({ unit }) => unit !== 'choice',
);
const indexOf = (name: string) => OPTION_TABLE.findIndex((row) => row.name === name);
const fixture = new URL('../../fixtures/options.json', import.meta.url);

/** Options that set only the one with this dotted name. */
function withOption(name: string, value: unknown): LineOptions {
  return name
    .split('.')
    .reverse()
    .reduce<unknown>((inner, key) => ({ [key]: inner }), value) as LineOptions;
}

describe('OPTION_TABLE', () => {
  it('is the table of the C++ core, row for row', () => {
    const core: unknown = JSON.parse(readFileSync(fixture, 'utf8'), (key, value) =>
      key === 'default' && value === 'Infinity' ? Number.POSITIVE_INFINITY : value,
    );
    const ours = OPTION_TABLE.map(({ standard, ...row }) => ({ ...row, default: standard }));
    expect(ours).toEqual(core);
  });
});

describe('resolveOptions', () => {
  it('fills in every default', () => {
    expect(resolveOptions({})).toEqual({
      values: OPTION_TABLE.map((row) => row.standard),
      protocols: [],
      queueMaxMessages: 1_000,
      queueMaxBytes: 1_048_576,
      queueTtlMs: Number.POSITIVE_INFINITY,
      queueOverflow: 'refuse',
      messageBytesMax: 67_108_864,
    });
  });

  it('takes undefined for not given, at every depth', () => {
    expect(resolveOptions({ reconnect: undefined, queue: { maxBytes: undefined } })).toEqual(
      resolveOptions({}),
    );
  });

  it('passes on what the queue needs before the core is there', () => {
    const queue = { maxMessages: 1, maxBytes: 2, ttlMs: 4, overflow: 'drop-oldest' } as const;
    expect(resolveOptions({ queue, messageBytesMax: 3 })).toMatchObject({
      queueMaxMessages: 1,
      queueMaxBytes: 2,
      queueTtlMs: 4,
      queueOverflow: 'drop-oldest',
      messageBytesMax: 3,
    });
  });

  describe.each(limits)('$name', (row) => {
    const { name, unit, min, max, infinite, index } = row;

    it('takes both ends of its range', () => {
      // Both delays, because the smaller one must not be above the larger one.
      const given = (value: number) =>
        name === 'reconnect.minDelayMs'
          ? { reconnect: { minDelayMs: value, maxDelayMs: max } }
          : name === 'reconnect.maxDelayMs'
            ? { reconnect: { minDelayMs: 0, maxDelayMs: value } }
            : withOption(name, value);
      for (const value of [min, max]) {
        expect(resolveOptions(given(value)).values[index]).toBe(value);
      }
    });

    const outside = [min - 1, max + 1, Number.NaN, Number.NEGATIVE_INFINITY];
    if (!infinite) outside.push(Number.POSITIVE_INFINITY);
    const wrong = [...outside, '1000', null, {}, true, 10n];
    it.each(wrong.map((value) => [value]))(
      'refuses %o, naming the option and its range',
      (value) => {
        const attempt = () => resolveOptions(withOption(name, value));
        expect(attempt).toThrow(TypeError);
        expect(attempt).toThrow(`openline: ${name} must be a number from ${min} to ${max} ${unit}`);
      },
    );

    it('leaves out fractions, as the core does', () => {
      const whole = Math.max(min, 1);
      const given =
        name === 'reconnect.maxDelayMs'
          ? { reconnect: { minDelayMs: 0, maxDelayMs: whole + 0.9 } }
          : withOption(name, whole + 0.9);
      expect(resolveOptions(given).values[index]).toBe(whole);
    });

    it('takes Infinity only if the table says so', () => {
      const attempt = () => resolveOptions(withOption(name, Number.POSITIVE_INFINITY));
      if (infinite) expect(attempt().values[index]).toBe(Number.POSITIVE_INFINITY);
      else expect(attempt).toThrow(TypeError);
    });
  });

  it('takes a fraction below 1 for 0, and refuses one below a least of 1', () => {
    const given = { reconnect: { attempts: 0.5 }, queue: { maxMessages: 0.5, maxBytes: 2.5 } };
    const { values, queueMaxMessages, queueMaxBytes } = resolveOptions(given);
    expect([values[3], queueMaxMessages, queueMaxBytes]).toEqual([0, 0, 2]);
    expect(() => resolveOptions({ messageBytesMax: 0.5 })).toThrow(TypeError);
    expect(() => resolveOptions({ queue: { maxMessages: -0.5 } })).toThrow(TypeError);
  });

  it('says so when the shortest delay is above the longest', () => {
    const attempt = () => resolveOptions({ reconnect: { minDelayMs: 60_000 } });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('minDelayMs must be at most reconnect.maxDelayMs, 30000 ms, not 60000');
  });

  it.each([
    ['reconnect', 'often'],
    ['reconnect', null],
    ['queue', 5],
    ['reconnect.budget', 5],
  ])('refuses %s of %o, which is no object', (name, value) => {
    const attempt = () => resolveOptions(withOption(name, value));
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(`openline: ${name} must be an object`);
  });
});

describe.each([
  ['hidden', ['keep', 'pause', 'close']],
  ['queue.overflow', ['refuse', 'drop-oldest', 'drop-newest']],
])('the choice %s', (name, choices) => {
  it('is one of its words, the first one by default', () => {
    const numbers = choices.map((word) => resolveOptions(withOption(name, word)).values);
    expect(numbers.map((values) => values[indexOf(name)])).toEqual([0, 1, 2]);
    expect(resolveOptions(withOption(name, undefined)).values[indexOf(name)]).toBe(0);
  });

  it.each([['other'], [''], [0], [null], [true], [{}]])('is not %o', (value) => {
    const attempt = () => resolveOptions(withOption(name, value));
    expect(attempt).toThrow(TypeError);
    const words = choices.map((word) => `'${word}'`).join(', ');
    expect(attempt).toThrow(`openline: ${name} must be ${words}, not `);
  });
});

describe('heartbeat', () => {
  const answeredBy = (heartbeat: LineOptions['heartbeat']) =>
    resolveOptions({ heartbeat }).values[indexOf('heartbeat')];

  it('is off by default, or with false', () => {
    expect([answeredBy(undefined), answeredBy(false)]).toEqual([0, 0]);
  });

  it('is answered by any message with true, or without a returnMessage', () => {
    expect([answeredBy(true), answeredBy({}), answeredBy({ message: 'p' })]).toEqual([1, 1, 1]);
  });

  it('is answered by the reply alone with a returnMessage, a text or a function', () => {
    expect([answeredBy({ returnMessage: '' }), answeredBy({ returnMessage: () => true })]).toEqual([
      2, 2,
    ]);
  });

  it.each([
    ['heartbeat', 'ping', 'true, false or an object'],
    ['heartbeat', null, 'true, false or an object'],
    ['heartbeat', 25_000, 'true, false or an object'],
    ['heartbeat.message', 5, 'a message or a function'],
    ['heartbeat.message', null, 'a message or a function'],
    ['heartbeat.returnMessage', 5, 'a string or a function'],
    ['heartbeat.returnMessage', null, 'a string or a function'],
    ['heartbeat.returnMessage', {}, 'a string or a function'],
    ['hello', 5, 'a message or a function'],
    ['hello', { user: 1 }, 'a message or a function'],
    ['hello', null, 'a message or a function'],
    ['auth.refresh', 5, 'a function'],
    ['auth.refresh', undefined, 'a function'],
  ])('and hello and auth are named when wrong: %s of %o', (name, value, wanted) => {
    const attempt = () => resolveOptions(withOption(name, value));
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(`openline: ${name} must be ${wanted}, not `);
  });

  it.each([[null], [5], ['token']])('auth of %o is named as well', (auth) => {
    const attempt = () => resolveOptions({ auth } as unknown as LineOptions);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('openline: auth.refresh must be a function');
  });

  it.each([['text'], [Uint8Array.of(1)], [new Blob(['x'])], [() => 'asked'], [undefined]])(
    'and hello take a message or who says it: %o',
    (said) => {
      expect(() => resolveOptions({ hello: said, heartbeat: { message: said } })).not.toThrow();
    },
  );
});

describe('protocols', () => {
  it.each([
    [undefined, []],
    ['chat', ['chat']],
    [
      ['chat.v2', 'chat'],
      ['chat.v2', 'chat'],
    ],
    [[], []],
    ["!#$%&'*+-.^_`|~09azAZ", ["!#$%&'*+-.^_`|~09azAZ"]],
  ])('%o offers %o', (protocols, offered) => {
    expect(resolveOptions({ protocols }).protocols).toEqual(offered);
  });

  it.each([[''], ['a b'], ['a,b'], ['é'], ['a\0'], ['"a"'], [5], [null], [['a', 7]], [{}]])(
    'refuses %o, which is no token',
    (protocols) => {
      const attempt = () => resolveOptions({ protocols } as LineOptions);
      expect(attempt).toThrow(TypeError);
      expect(attempt).toThrow('is no WebSocket subprotocol');
    },
  );

  it('refuses one that is offered twice', () => {
    expect(() => resolveOptions({ protocols: ['a', 'b', 'a'] })).toThrow(
      'protocols[2] is no WebSocket subprotocol, or is offered twice',
    );
  });
});
