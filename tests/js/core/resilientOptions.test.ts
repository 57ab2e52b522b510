import { describe, expect, it } from 'vitest';
import { resolveResilience } from '../../../js/src/core/resilientOptions.js';

describe('resolveResilience', () => {
  it('has the defaults that it documents', () => {
    expect(resolveResilience({})).toEqual({
      minReconnectionDelay: 1_000,
      maxReconnectionDelay: 10_000,
      reconnectionDelayGrowFactor: 2,
      minUptime: 5_000,
      connectionTimeout: 10_000,
      maxRetries: Infinity,
      maxEnqueuedMessages: 1_000,
      maxEnqueuedBytes: 1_048_576,
    });
  });

  it('keeps what is given, a growth with its fraction', () => {
    const given = {
      minReconnectionDelay: 1,
      maxReconnectionDelay: 1,
      reconnectionDelayGrowFactor: 1.3,
      maxRetries: 0,
      maxEnqueuedMessages: Infinity,
      debug: true,
      heartbeat: { intervalMs: 5 },
      onDrop: () => {},
    };
    expect(resolveResilience(given)).toMatchObject(given);
  });

  it('lets the shortest delay follow a longest one that is shorter', () => {
    expect(resolveResilience({ maxReconnectionDelay: 300 }).minReconnectionDelay).toBe(300);
  });

  it.each([
    [null, 'options must be an object, not null'],
    [
      { minReconnectionDelay: 20_000 },
      'minReconnectionDelay must be at most maxReconnectionDelay, 10000, not 20000',
    ],
    [
      { reconnectionDelayGrowFactor: 0.5 },
      'reconnectionDelayGrowFactor must be a number from 1 to 100 times, not 0.5',
    ],
    [{ connectionTimeout: 0 }, 'connectionTimeout must be a number from 1 to 2147483647 ms, not 0'],
    [
      { maxEnqueuedBytes: Infinity },
      'maxEnqueuedBytes must be a number from 0 to 1073741824 bytes, not Infinity',
    ],
    [{ startClosed: 1 }, 'startClosed must be a boolean, not 1'],
    [{ debugLogger: 'log' }, 'debugLogger must be a function, not "log"'],
    [{ heartbeat: 'ping' }, 'heartbeat must be true, false or an object, not "ping"'],
    [
      { heartbeat: { timeoutMs: 0 } },
      'heartbeat.timeoutMs must be a number from 1 to 2147483647 ms, not 0',
    ],
    [{ WebSocket: class {} }, 'WebSocket must be put on globalThis, not "an option"'],
  ])('refuses %o', (given, message) => {
    expect(() => resolveResilience(given as object)).toThrow(
      new TypeError(`openline: ${message}.`),
    );
  });
});
