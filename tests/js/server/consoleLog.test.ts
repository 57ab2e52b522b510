import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printEvent } from '../../../js/src/server/consoleLog.js';
import type { FailedPart } from '../../../js/src/server/events.js';

const printed = vi.spyOn(console, 'error');
const warned = vi.spyOn(console, 'warn');

beforeEach(() => {
  vi.useFakeTimers();
  for (const spy of [printed, warned]) spy.mockReset().mockReturnValue();
});
afterEach(() => {
  vi.runAllTimers(); // so that the next test begins a second of its own
  vi.useRealTimers();
});

const fail = (during: FailedPart, error: unknown, concerned = {}) =>
  printEvent({ type: 'failed', during, error, ...concerned });
const line = (at = 0): string => String(printed.mock.calls[at]?.[0]);

it('says what failed, for whom, and where', () => {
  const error = new Error('no database');
  fail('authorize', error, { user: 'ada', stream: 'a' });
  expect(printed.mock.calls).toEqual([
    [`openline: failed during authorize, user "ada", stream "a": ${error.stack}`],
  ]);
  expect(line()).toContain('consoleLog.test.ts');
});

it('says what lies beneath, and ends where causes go in a circle', () => {
  const error = new Error('no database', { cause: new TypeError('no route') });
  fail('broker', error);
  expect(line()).toMatch(/^openline: failed during broker: Error: no database\n/);
  expect(line()).toContain('\ncaused by TypeError: no route\n');
  error.cause = error;
  fail('recheck', error);
  expect(line(1).match(/Error: no database\n/g)).toHaveLength(4);
});

it('prints each part once a second, and how many it left out', () => {
  for (let i = 0; i < 1_000; i++) fail('onMessage', new Error(`try ${i}`));
  fail('broker', new Error('another part'));
  expect(printed).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(999);
  expect(printed).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  expect(printed).toHaveBeenCalledTimes(3);
  expect(line(2)).toBe('openline: failed during onMessage 999 more times in a second');
  fail('onMessage', new Error('try again'));
  expect(line(3)).toContain('try again');
  expect(vi.getTimerCount()).toBe(1);
});

it('keeps no process alive', () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  fail('upgrade', new Error('x'));
  const timer = timers.mock.results[0]?.value as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  timers.mockRestore();
});

it('prints nothing that hangs on an error, such as a request with its cookie', () => {
  const request = { url: '/openline?token=secret', headers: { cookie: 'sid=secret' } };
  fail('authenticate', Object.assign(new Error('x'), { request }));
  fail('authorize', { request, toString: () => 'secret' });
  fail('recheck', new Response('secret', { headers: { location: '/login?token=secret' } }));
  fail('onMessage', undefined);
  fail('broker', 'down');
  expect(printed.mock.calls.flat().join()).not.toContain('secret');
  expect(line(1)).toBe(
    'openline: failed during authorize: [object Object], which is no Error, was thrown',
  );
  expect(line(2)).toContain('[object Response]');
  expect(line(3)).toContain('undefined, which is no Error');
  expect(line(4)).toContain('down, which is no Error');
});

it('lets no client write on a terminal what it likes, nor as much as it likes', () => {
  const forged = '\u001b[2J\u009b\r\u0007';
  fail('onMessage', new Error(forged), { user: 'ada\nroot', stream: forged });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
  expect(line()).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(line()).toContain('user "ada\\nroot"');
  fail('socket', new Error('x'.repeat(1_000_000)));
  expect(line(1).length).toBeLessThan(8_100);
});

it('warns of an option that is ignored', () => {
  printEvent({ type: 'ignored', option: 'limits' });
  expect(warned.mock.calls).toEqual([[expect.stringMatching(/^openline: limits is ignored: /)]]);
  expect(printed).not.toHaveBeenCalled();
});

it('says nothing of what goes as it should', () => {
  const [user, address] = ['ada', '127.0.0.1'];
  printEvent({ type: 'opened', user, address, protocol: 'plain' });
  printEvent({ type: 'closed', user, code: 1000, reason: '' });
  printEvent({ type: 'refused', status: 403, reason: 'origin', address });
  expect(printed).not.toHaveBeenCalled();
  expect(warned).not.toHaveBeenCalled();
});
