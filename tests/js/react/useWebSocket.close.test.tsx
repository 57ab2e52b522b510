// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { Status } from '../../../js/src/core/status.js';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { until } from '../../support/until.js';

// How a connection may end, and what a line makes of it.

failOnComplaints();
const { network, use, useOpen, useConnecting, pass } = scriptedHookFixture();
const inTenSeconds = { minDelayMs: 10_000, baseDelayMs: 0 };

/** What becomes of an open line that is closed with this code. */
const MEANINGS: readonly (readonly [Status, string | null, readonly number[]])[] = [
  ['waiting', null, [1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015]],
  ['failed', 'rejected', [1002, 1003, 1007, 1008, 1009, 1010]],
  ['waiting', null, [3000, 3999, 4000, 4399, 4408, 4429, 4500, 4599, 4999]],
  ['failed', 'rejected', [4400, 4402, 4404, 4409, 4430, 4499]],
  ['failed', 'auth', [4403]],
  ['connecting', null, [4401]],
];
const CODES = MEANINGS.flatMap(([status, reason, codes]) =>
  codes.map((code) => [code, status, reason] as const),
);

describe('a close', () => {
  it.each(CODES)('with %d leaves the line %s, reason %s', async (code, status, reason) => {
    const onClose = vi.fn();
    const hook = await useOpen({ reconnect: inTenSeconds, onClose });
    network().newest.end(code, '');
    await hook.becomes(status);
    expect(hook.now.reason).toBe(reason);
    expect(onClose).toHaveBeenCalledOnce();
    await pass(10_001);
    // 1012 and 1013 are spread further: see the C++ of the backoff.
    const isSpread = [1001, 1012, 1013].includes(code);
    if (!isSpread) expect(network().sockets).toHaveLength(status === 'failed' ? 1 : 2);
    await pass(30_000);
    expect(network().sockets.length > 1).toBe(status !== 'failed');
  });

  it('with a hint in its reason is followed when the server says', async () => {
    const hook = await useOpen({ reconnect: { minDelayMs: 1, baseDelayMs: 0 } });
    network().newest.end(1013, '{"retryAfterMs":7000}');
    await hook.becomes('waiting');
    expect((hook.now.retryAt ?? 0) - Date.now()).toBeGreaterThanOrEqual(6_999);
    await pass(6_998);
    expect(network().sockets).toHaveLength(1);
    await pass(5);
    expect(network().sockets).toHaveLength(2);
  });

  it('with a hint beyond all measure is followed after five minutes at the latest', async () => {
    const hook = await useOpen({ reconnect: { minDelayMs: 1, baseDelayMs: 0 } });
    network().newest.end(4000, '{"retryAfterMs":99999999999}');
    await hook.becomes('waiting');
    await pass(300_003);
    expect(network().sockets).toHaveLength(2);
  });

  it('with both error and close makes one retry', async () => {
    const [onError, onClose] = [vi.fn(), vi.fn()];
    const hook = await useOpen({ reconnect: inTenSeconds, onError, onClose });
    network().newest.fail();
    await hook.becomes('waiting');
    expect(hook.now.attempt).toBe(1);
    await pass(10_001);
    expect(network().sockets).toHaveLength(2);
    expect([onError, onClose].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('of an old socket that comes after the new one is open is ignored', async () => {
    const onClose = vi.fn();
    const hook = await useOpen({ onClose });
    const [old] = network().sockets;
    const { onclose } = old ?? {};
    hook.now.reconnect();
    await until(() => network().sockets.length === 2, 'another socket is made');
    network().newest.accept();
    await hook.becomes('open');
    const told = onClose.mock.calls.length;
    old?.end(1006, '', false);
    onclose?.({ type: 'close', code: 1006, reason: '', wasClean: false });
    expect(hook.now.status).toBe('open');
    expect(onClose).toHaveBeenCalledTimes(told);
    expect(network().sockets).toHaveLength(2);
  });

  it('that never comes after close() ends within its time', async () => {
    const onClose = vi.fn();
    const hook = await useOpen({ closeTimeoutMs: 2_000, onClose });
    network().newest.isDead = true;
    hook.now.close(4000, 'enough');
    await hook.becomes('closing');
    await pass(2_002);
    await hook.becomes('closed');
    expect(onClose.mock.calls[0]?.[0]).toMatchObject({ code: 1006, wasClean: false });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an attempt', () => {
  it('whose socket neither opens nor fails is given up in time', async () => {
    const hook = await useConnecting({
      options: { connectTimeoutMs: 3_000, reconnect: inTenSeconds },
    });
    await pass(3_002);
    await hook.becomes('waiting');
    const [first] = network().sockets;
    expect(first?.closedWith).not.toBeNull();
    // Too late: nobody listens to it any more.
    first?.accept();
    await pass(10_001);
    expect(network().sockets).toHaveLength(2);
  });

  it('that the browser refuses fails the line instead of being retried for ever', async () => {
    network().refusesNext = true;
    const hook = use();
    await hook.becomes('failed');
    expect(hook.now.reason).toBe('url');
    await pass(600_000);
    expect(network().sockets).toEqual([]);
  });
});

describe('close()', () => {
  it.each([
    [999, ''],
    [1001, ''],
    [1005, ''],
    [2999, ''],
    [5000, ''],
    [1000.5, ''],
    [Number.NaN, ''],
    [1000, 'é'.repeat(62)],
  ])('with %d and %o throws a TypeError and changes nothing', async (code, reason) => {
    const hook = await useOpen();
    expect(() => hook.now.close(code, reason)).toThrow(TypeError);
    expect(hook.now.status).toBe('open');
    expect(network().newest.closedWith).toBeNull();
  });

  it.each([
    [1000, ''],
    [3000, ''],
    [4999, `${'é'.repeat(61)}x`],
  ])('with %d and %o closes so', async (code, reason) => {
    const hook = await useOpen();
    hook.now.close(code, reason);
    network().settle();
    await hook.becomes('closed');
    expect(network().newest.closedWith).toEqual({ code, reason: reason || undefined });
  });

  it('while connecting leaves no half-open socket, and no error', async () => {
    const hook = await useConnecting();
    hook.now.close();
    await hook.becomes('closed');
    network().newest.accept();
    network().settle();
    expect(network().live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('and reconnect a hundred times in a task end in the last state, with one socket', async () => {
    const hook = await useOpen();
    for (let i = 0; i < 100; i++) {
      hook.now.close();
      hook.now.reconnect();
    }
    // A burst is bounded: the last attempt may have to wait for its turn.
    for (let i = 0; i < 60 && network().newest.readyState !== 0; i++) await pass(1_000);
    expect(network().live).toEqual([network().newest]);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().live).toEqual([network().newest]);
    for (let i = 0; i < 100; i++) {
      hook.now.reconnect();
      hook.now.close();
    }
    network().settle();
    await hook.becomes('closed');
    expect(network().live).toEqual([]);
  });
});
