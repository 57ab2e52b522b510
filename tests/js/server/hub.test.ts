import { expect, it } from 'vitest';
import { Hub } from '../../../js/src/server/hub.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';
import type { Run } from '../../../js/src/server/subscriber.js';

it('passes on what is published after a join, and replays what came after a position', async () => {
  const hub = new Hub({ broker: memoryBroker() });
  const runs: Run[] = [];
  const subscriber = {
    unsent: 0,
    take: (run: Run) => void runs.push(run),
    flush: () => {},
    resync: () => {},
    fail: (error: unknown) => {
      throw error;
    },
  };
  const payload = (text: string) => new TextEncoder().encode(text);
  const [epoch] = await hub.publish('board', payload('1'));
  await hub.publish('board', payload('2'));
  const joined = await hub.join(subscriber, 'board', [epoch, 1]);
  expect(joined).toMatchObject({ epoch, top: 2, recovered: true });
  joined.start();
  await hub.publish('board', payload('3'));
  await new Promise((done) => setImmediate(done));
  expect(runs.map(({ first, last }) => [first, last])).toEqual([
    [2, 2],
    [3, 3],
  ]);
  expect([...(runs[1]?.frame ?? [])]).toEqual([11, joined.index, 3, 3, 1, 1, 0x33]);
  hub.close();
});
