import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LineOptions, OPTION_TABLE, resolveOptions } from '../../../js/src/core/options.js';

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
      messageBytesMax: 67_108_864,
    });
  });

  it('takes undefined for not given, at every depth', () => {
    expect(resolveOptions({ reconnect: undefined, queue: { maxBytes: undefined } })).toEqual(
      resolveOptions({}),
    );
  });

  it('passes on what the queue needs before the core is there', () => {
    const given = { queue: { maxMessages: 1, maxBytes: 2 }, messageBytesMax: 3 };
    expect(resolveOptions(given)).toMatchObject({
      queueMaxMessages: 1,
      queueMaxBytes: 2,
      messageBytesMax: 3,
    });
  });

  describe.each(OPTION_TABLE.map((row, index) => ({ ...row, index })))('$name', (row) => {
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
    expect(attempt).toThrow('minDelayMs (60000 ms) is above reconnect.maxDelayMs (30000 ms)');
  });

  it.each([
    ['reconnect', 'often'],
    ['reconnect', null],
    ['queue', 5],
  ])('refuses %s of %o, which is no object', (name, value) => {
    const attempt = () => resolveOptions({ [name]: value } as LineOptions);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(`openline: ${name} must be an object`);
  });
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
    expect(() => resolveOptions({ protocols: ['a', 'b', 'a'] })).toThrow("'a' is offered twice");
  });
});
