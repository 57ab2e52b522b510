import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Hub } from '../../../js/src/server/hub.js';
import type { HistoryOptions } from '../../../js/src/server/streamHistory.js';
import { FollowingClient } from '../../support/server/followingClient.js';
import { payloadOf } from '../../support/server/payload.js';
import { ScriptedBroker } from '../../support/server/scriptedBroker.js';

// Whatever clients and broker do, in whatever order and however late: each client gets what comes
// next, once, or hears of one resync; and when everything has calmed down it is up to date.

const runs = Number(process.env['PROPERTY_RUNS'] ?? 300);
const seed = Number(process.env['PROPERTY_SEED'] ?? 11);
const streams = ['log', 'board', 'mixed'] as const;

const stream = fc.constantFrom(...streams);
const client = fc.nat(2);
const pick = fc.nat(9);
const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('publish' as const), stream, pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), stream, client, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), stream, client }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leaveAll' as const), client }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('recover' as const), stream, client, pick }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stall' as const), client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drain' as const), client }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('release' as const), pick }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('feed' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('late' as const), isLate: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), pick }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

beforeAll(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

class World {
  readonly broker: ScriptedBroker;
  readonly hub: Hub;
  readonly clients: readonly FollowingClient[];
  private published = 0;
  private readonly errors: unknown[] = [];

  constructor(history: HistoryOptions) {
    this.broker = new ScriptedBroker(history);
    this.hub = new Hub({ broker: this.broker });
    this.clients = [0, 1, 2].map(() => new FollowingClient(this.hub, this.broker));
  }

  async perform(step: Action): Promise<void> {
    if ('client' in step) this.performAs(this.clients[step.client] as FollowingClient, step);
    else if (step.do === 'publish') this.publish(step.stream, step.pick);
    else if (step.do === 'release') this.broker.release(step.pick);
    else if (step.do === 'feed') this.broker.feed(1 + step.pick);
    else if (step.do === 'lose') this.broker.lose();
    else if (step.do === 'restart') this.broker.restart();
    else if (step.do === 'late') this.broker.isLate = step.isLate;
    else await vi.advanceTimersByTimeAsync(step.pick);
    await vi.advanceTimersByTimeAsync(0);
    expect(this.errors).toEqual([]);
  }

  /** Everything arrives, and one more publication shows each feed what it has missed. */
  async calm(): Promise<void> {
    for (const name of streams) this.publish(name, 0);
    for (let round = 0; round < 30; round++) {
      this.broker.feed();
      while (this.broker.waitingCount > 0) this.broker.release(0);
      await vi.advanceTimersByTimeAsync(50);
      for (const each of this.clients) each.drain();
    }
    expect(this.broker.waitingCount).toBe(0);
    expect(this.errors).toEqual([]);
  }

  async expectUpToDate(): Promise<void> {
    for (const { following, failures, isUnflushed } of this.clients) {
      expect(failures).toEqual([]);
      expect(isUnflushed).toBe(false);
      for (const [name, { joined, isStopped, last }] of following) {
        if (isStopped) continue;
        const position = this.broker.position(name);
        this.broker.release(0);
        expect([joined.epoch, last]).toEqual(await position);
      }
    }
  }

  private performAs(who: FollowingClient, step: Extract<Action, { client: number }>): void {
    if (step.do === 'join') {
      const old = who.following.get(step.stream);
      const from = step.pick < 5 || old === undefined ? null : old;
      const position = from === null ? null : ([from.joined.epoch, from.last] as const);
      const wait = () => new Promise<void>((done) => setTimeout(done, step.pick % 3));
      who.join(step.stream, position, wait).catch((error) => this.errors.push(error));
    } else if (step.do === 'leave') who.leave(step.stream);
    else if (step.do === 'leaveAll') {
      for (const name of streams) who.leave(name);
      this.hub.leaveAll(who);
    } else if (step.do === 'recover') who.recover(step.stream, step.pick);
    else if (step.do === 'stall') who.unsent = 2 * 1024 * 1024;
    else who.drain();
  }

  private publish(name: (typeof streams)[number], choice: number): void {
    const isKeyed = name === 'board' || (name === 'mixed' && choice % 2 === 1);
    const options = isKeyed ? { key: `k${choice % 3}` } : {};
    try {
      this.hub.publish(name, payloadOf(++this.published), options);
    } catch (error) {
      this.errors.push(error);
    }
  }
}

async function live(history: HistoryOptions, actions: readonly Action[]): Promise<World> {
  const world = new World(history);
  for (const step of actions) await world.perform(step);
  await world.calm();
  await world.expectUpToDate();
  world.hub.close();
  return world;
}

it('brings every client what comes next, once, or one resync', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 80 }), async (actions) => {
      await live({ size: 4, entriesMax: 12 }, actions);
    }),
    { numRuns: runs, seed },
  );
}, 120_000);

it('needs no resync where history reaches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 80 }), async (actions) => {
      const world = await live(
        {},
        actions.filter((step) => step.do !== 'restart'),
      );
      for (const { following, resyncs } of world.clients) {
        expect(resyncs).toBe(0);
        expect([...following.values()].some(({ isStopped }) => isStopped)).toBe(false);
      }
    }),
    { numRuns: runs, seed },
  );
}, 120_000);
