import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lineNow } from '../../../js/src/core/host.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';
import { Restarts } from '../../../js/src/core/restarts.js';

const error = new OpenlineError('wasm', 'it', new RangeError('no memory'));

beforeEach(() => {
  vi.useFakeTimers();
  // The clock of the lines looks at both of its sources; the first look compares nothing.
  lineNow();
});
afterEach(() => vi.useRealTimers());

describe('cores that stop', () => {
  it('are followed by another three times a minute', () => {
    const restarts = new Restarts();
    for (let i = 0; i < 3; i++) expect(restarts.refusal(error, true, 0)).toBeNull();
    expect(restarts.refusal(error, true, 0)).not.toBeNull();
    vi.advanceTimersByTime(60_001);
    expect(restarts.refusal(error, true, 0)).toBeNull();
  });
});

it('cores that stop too often are told with the cause of the last one and a remedy', () => {
  const restarts = new Restarts();
  for (let i = 0; i < 3; i++) restarts.refusal(new OpenlineError('wasm', 'other'), true, 0);
  const refusal = restarts.refusal(error, true, 0);
  expect(refusal?.code).toBe('wasm');
  expect(refusal?.message).toContain('3 times within a minute');
  expect(refusal?.message).toContain('no memory; call reconnect().');
});

describe('what is lost with a core', () => {
  it('is nothing where there was no connection', () => {
    const restarts = new Restarts();
    restarts.note('connecting');
    restarts.refusal(error, false, 0);
    expect(restarts.takeLost()).toBeUndefined();
  });

  it('is the connection that was open, with what may not have arrived on it', () => {
    const restarts = new Restarts();
    restarts.note('open');
    const sinceMs = lineNow();
    restarts.refusal(error, true, 2);
    restarts.note('connecting');
    vi.advanceTimersByTime(100);
    expect(restarts.takeLost()).toEqual({ sinceMs, unconfirmed: 2 });
  });

  it('is lost since the outage began, however many cores have stopped in it', () => {
    const restarts = new Restarts();
    restarts.note('open');
    restarts.note('waiting');
    const sinceMs = lineNow();
    vi.advanceTimersByTime(500);
    restarts.refusal(error, false, 1);
    restarts.note('connecting');
    restarts.refusal(error, false, 0);
    expect(restarts.takeLost()).toEqual({ sinceMs, unconfirmed: 1 });
  });

  it.each(['open', 'closed', 'failed'] as const)('is over once the line is %s', (status) => {
    const restarts = new Restarts();
    restarts.note('waiting');
    restarts.note(status);
    restarts.refusal(error, false, 0);
    expect(restarts.takeLost()).toBeUndefined();
  });
});
