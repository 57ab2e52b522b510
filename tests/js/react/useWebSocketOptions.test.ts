import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../js/src/core/options.js';
import {
  configOf,
  type UseWebSocketOptions,
  urlWith,
} from '../../../js/src/react/useWebSocketOptions.js';

const keyOf = (url: Parameters<typeof configOf>[0], options: UseWebSocketOptions = {}) =>
  configOf(url, options).key;

describe('configOf', () => {
  it("gives the line's options their defaults", () => {
    expect(configOf('/line', {}).line).toEqual(resolveOptions({}));
  });

  it("takes react-use-websocket's names for delay and attempts", () => {
    const reconnect = { minDelayMs: 50, maxDelayMs: 50, attempts: 3 };
    const { line } = configOf('/line', { reconnectInterval: 50, reconnectAttempts: 3 });
    expect(line).toEqual(resolveOptions({ reconnect }));
  });

  it("lets react-use-websocket's names stand in place of reconnect's", () => {
    const { line } = configOf('/line', { reconnectAttempts: 3, reconnect: { attempts: 7 } });
    expect(line).toEqual(resolveOptions({ reconnect: { attempts: 3 } }));
  });

  it('knows the place beforehand when the URL is a text', () => {
    expect(configOf('/line', { queryParams: { a: 1 } }).fixedUrl).toBe('/line?a=1');
    expect(configOf(() => '/line', {}).fixedUrl).toBeNull();
    expect(configOf(null, {}).fixedUrl).toBeNull();
  });

  it('throws for what is out of range', () => {
    expect(() => configOf('/line', { messageBytesMax: 0 })).toThrow(TypeError);
  });
});

describe('the key', () => {
  it('is equal for equal options, however they are written', () => {
    const written = { protocols: 'a', queryParams: { b: 1 }, reconnect: { attempts: 3 } };
    const other = { protocols: ['a'], queryParams: { b: 1 }, reconnectAttempts: 3 };
    expect(keyOf('/line', written)).toBe(keyOf('/line', other));
    expect(keyOf('/line', { onOpen: () => {} })).toBe(keyOf('/line'));
    expect(keyOf(() => '/a')).toBe(keyOf(() => '/b'));
  });

  it('differs for each other place, protocol, query and limit', () => {
    const keys = [
      keyOf('/line'),
      keyOf('/line2'),
      keyOf(null),
      keyOf('null'),
      keyOf(() => '/line'),
      keyOf('/line', { protocols: 'a' }),
      keyOf('/line', { protocols: ['a', 'b'] }),
      keyOf('/line', { queryParams: { a: 1 } }),
      keyOf('/line', { queue: { maxMessages: 1 } }),
      keyOf('/line', { reconnectAttempts: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('urlWith', () => {
  it('leaves a URL as it is without queryParams', () => {
    const ask = () => '/line';
    expect(urlWith('/line', {})).toBe('/line');
    expect(urlWith(ask, {})).toBe(ask);
  });

  it.each([
    ['a function', () => '/line'],
    ['an async function', async () => '/line'],
  ])('adds them to what %s gives', async (_, url) => {
    const added = urlWith(url, { queryParams: { a: 1 } });
    expect(typeof added === 'function' && (await added())).toBe('/line?a=1');
  });
});
