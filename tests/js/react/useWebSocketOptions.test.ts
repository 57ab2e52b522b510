import { describe, expect, it } from 'vitest';
import { OPTION_TABLE, resolveOptions } from '../../../js/src/core/options.js';
import { configOf, type UseWebSocketOptions } from '../../../js/src/react/useWebSocketOptions.js';

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
    expect(configOf('/line', {}).fixedUrl).toBe('/line');
    expect(configOf(() => '/line', {}).fixedUrl).toBeNull();
    expect(configOf(null, {}).fixedUrl).toBeNull();
  });

  it("takes react-use-websocket's names for the times of a heartbeat", () => {
    const limits = (heartbeat: UseWebSocketOptions['heartbeat']) =>
      configOf('/line', { heartbeat }).line;
    const ours = (intervalMs: number, timeoutMs: number) => limits({ intervalMs, timeoutMs });
    // The timeout counts from the last message, ours from the ping.
    expect(limits({ interval: 25_000, timeout: 60_000 })).toEqual(ours(25_000, 35_000));
    expect(limits({ interval: 25_000, timeout: 5_000 })).toEqual(ours(25_000, 5_000));
    expect(limits({ timeout: 60_000 })).toEqual(ours(24_000, 36_000));
    expect(limits({ interval: 1, intervalMs: 2, timeout: 3, timeoutMs: 4 })).toEqual(ours(2, 4));
    const standard = OPTION_TABLE.find(({ name }) => name === 'heartbeat.intervalMs')?.standard;
    expect(standard).toBe(24_000);
    expect(() => limits({ interval: '1s' as unknown as number })).toThrow(/heartbeat.intervalMs/);
    expect(() => limits(null as unknown as boolean)).toThrow(TypeError);
  });

  it.each(['onOpen', 'onMessage', 'onReconnectStop', 'onDrop', 'shouldReconnect', 'filter'])(
    'throws for %s that is no function',
    (name) => {
      expect(() => configOf('/line', { [name]: 'x' })).toThrow(
        `openline: ${name} must be a function, not "x".`,
      );
      expect(() => configOf('/line', { [name]: undefined })).not.toThrow();
    },
  );

  it('ignores what it does not know', () => {
    const unknown = { onFoo: 5, skipAssert: true, fromSocketIO: false } as UseWebSocketOptions;
    expect(configOf('/line', unknown)).toEqual(configOf('/line', {}));
  });

  it.each([
    ['fromSocketIO', true],
    ['eventSourceOptions', { withCredentials: true }],
  ])('refuses %s, and names what to use', (name, value) => {
    const given = () => configOf('/line', { [name]: value });
    expect(given).toThrow(TypeError);
    expect(given).toThrow(/left out; use socket.io-client or EventSource/);
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

describe('what shares a line', () => {
  const shareKeyOf = (url: Parameters<typeof configOf>[0], options: UseWebSocketOptions = {}) =>
    configOf(url, { share: true, ...options }).shareKey;

  it('is the URL with its query and the protocols', () => {
    const same = shareKeyOf('/line', { protocols: 'chat', queryParams: { a: 1 } });
    const others = { reconnectAttempts: 3, onOpen() {} };
    expect(shareKeyOf('/line', { queryParams: { a: 1 }, protocols: ['chat'], ...others })).toBe(
      same,
    );
    const keys = [
      same,
      shareKeyOf('/line'),
      shareKeyOf('/line', { protocols: 'chat' }),
      shareKeyOf('/line', { protocols: ['chat', 'v2'] }),
      shareKeyOf('/other', { protocols: 'chat' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is a function itself, because what it will say is not known', () => {
    const [ask, other] = [() => '/line', () => '/line'];
    expect(shareKeyOf(ask)).toBe(shareKeyOf(ask));
    expect(shareKeyOf(ask)).not.toBe(shareKeyOf(other));
    expect(shareKeyOf(ask)).not.toBe(shareKeyOf('/line'));
    expect(shareKeyOf(ask, { queryParams: { a: 1 } })).not.toBe(shareKeyOf(ask));
  });

  it('is nothing without share', () => {
    expect(configOf('/line', {}).shareKey).toBeNull();
    expect(keyOf('/line', { share: true })).not.toBe(keyOf('/line'));
  });
});
