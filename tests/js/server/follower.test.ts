import { describe, expect, it, vi } from 'vitest';
import { SharedRun } from '../../../js/src/server/batch.js';
import { Flusher } from '../../../js/src/server/flusher.js';
import { Follower } from '../../../js/src/server/follower.js';
import { ReadBudget } from '../../../js/src/server/readBudget.js';
import { uncaught } from '../../support/uncaught.js';

const run = new SharedRun({ stream: 'board', index: 1, first: 1, last: 1, entries: [] });

function followerOf(faults: { take?: Error; flush?: Error; resync?: Error; fail?: Error }) {
  const raise = (error: Error | undefined) => {
    if (error !== undefined) throw error;
  };
  const subscriber = {
    unsent: 0,
    take: vi.fn(() => raise(faults.take)),
    flush: vi.fn(() => raise(faults.flush)),
    resync: vi.fn(() => raise(faults.resync)),
    fail: vi.fn(() => raise(faults.fail)),
  };
  const letGo = vi.fn();
  const flusher = new Flusher();
  const follower = new Follower(subscriber, flusher, letGo, new ReadBudget());
  return { subscriber, letGo, flusher, follower };
}

describe('Follower', () => {
  it('writes once for all that it has taken', () => {
    const { subscriber, flusher, follower } = followerOf({});
    follower.take(run);
    follower.take(run);
    follower.flush();
    flusher.settle();
    expect(subscriber.take.mock.calls).toEqual([[run], [run]]);
    expect(subscriber.flush).toHaveBeenCalledTimes(1);
  });

  it.each(['take', 'flush', 'resync'] as const)(
    'lets go of a subscriber that throws in %s',
    (call) => {
      const fault = new Error(`a fault in ${call}`);
      const { subscriber, letGo, follower } = followerOf({ [call]: fault });
      if (call === 'take') follower.take(run);
      else if (call === 'flush') {
        follower.take(run);
        follower.flush();
      } else follower.resync(1, 'e', 2);
      expect(letGo.mock.calls).toEqual([[subscriber]]);
      expect(subscriber.fail.mock.calls).toEqual([[fault]]);
    },
  );

  it('stops nobody when a subscriber cannot even fail', async () => {
    const [fault, worse] = [new Error('a fault'), new Error('a worse one')];
    const { letGo, follower } = followerOf({ take: fault, fail: worse });
    expect(await uncaught(async () => follower.take(run))).toEqual([worse]);
    expect(letGo).toHaveBeenCalledTimes(1);
  });
});
