import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BACKLOG_MAX, MessageFeed } from '../../../js/src/core/messageFeed.js';
import { turn, turns, until } from '../../support/until.js';

const { setImmediate: nextTurn } = globalThis;

let feed: MessageFeed<number>;
let shown: (number | null)[];
let left: number[];
let isTaskOver: boolean;
let togetherCount: number;

beforeEach(() => {
  shown = [];
  left = [];
  isTaskOver = true;
  togetherCount = 0;
  feed = new MessageFeed<number>(
    () => {
      if (!isTaskOver) togetherCount += 1;
      isTaskOver = false;
      // Behind every microtask of this task that is queued by now.
      queueMicrotask(() => queueMicrotask(() => (isTaskOver = true)));
      shown.push(feed.current);
    },
    (message) => left.push(message),
  );
});
afterEach(() => {
  feed.clear();
  vi.unstubAllGlobals();
});

const range = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

describe.each([
  ['setImmediate', false],
  ['a MessageChannel', true],
])('MessageFeed by %s', (_, isBrowserLike) => {
  beforeEach(() => {
    if (isBrowserLike) vi.stubGlobal('setImmediate', undefined);
  });

  it('shows the first message at once', () => {
    feed.watch();
    feed.push(1);
    expect(feed.current).toBe(1);
    expect(shown).toEqual([1]);
  });

  it('shows each of 10,000 that came together, in order and never two in one task', async () => {
    feed.watch();
    for (const message of range(10_000)) feed.push(message);
    expect(shown).toEqual([0]);
    expect(feed.waiting).toBe(9_999);
    await until(() => shown.length === 10_000, 'all were shown');
    expect(shown).toEqual(range(10_000));
    expect(togetherCount).toBe(0);
    expect(left).toEqual([]);
  });

  it('lets what comes in meanwhile queue behind what waits', async () => {
    feed.watch();
    for (const message of range(100)) feed.push(message);
    await until(() => shown.length > 10, 'some were shown');
    for (const message of range(100, 100)) feed.push(message);
    await until(() => shown.length === 200, 'all were shown');
    expect(shown).toEqual(range(200));
  });

  it('shows a message at once again when it has nothing left to do', async () => {
    feed.watch();
    feed.push(1);
    await turns();
    feed.push(2);
    expect(shown).toEqual([1, 2]);
  });

  it('tells nobody of messages that nobody watches, and keeps the newest', () => {
    for (const message of range(1_000)) feed.push(message);
    expect(shown).toEqual([]);
    expect(feed.waiting).toBe(0);
    expect(feed.current).toBe(999);
  });

  it('reports the oldest when more than its bound wait, and shows all others', async () => {
    feed.watch();
    for (const message of range(BACKLOG_MAX + 4)) feed.push(message);
    expect(left).toEqual([1, 2, 3]);
    expect(feed.waiting).toBe(BACKLOG_MAX);
    await until(() => shown.length >= 10, 'some were shown');
    expect(shown.slice(0, 10)).toEqual([0, ...range(9, 4)]);
  });

  it('forgets everything when it is cleared, also what was posted', async () => {
    feed.watch();
    for (const message of range(10)) feed.push(message);
    feed.clear();
    expect(feed.current).toBeNull();
    expect(feed.waiting).toBe(0);
    await turns();
    expect(shown).toEqual([0]);
    feed.push(42);
    expect(shown).toEqual([0, 42]);
    await turns();
    expect(shown).toEqual([0, 42]);
  });

  it('that is cleared while a task is posted shows what comes then: all, once, apart', async () => {
    feed.watch();
    await new Promise<void>((resolve) => {
      // Has its turn after this task and before the one that the first message posts.
      nextTurn(() => {
        feed.clear();
        for (const message of range(5, 10)) feed.push(message);
        resolve();
      });
      feed.push(0);
    });
    await until(() => shown.length >= 6, 'all were shown');
    for (const message of range(5, 20)) feed.push(message);
    await until(() => shown.length >= 11, 'all were shown');
    await turns();
    expect(shown).toEqual([0, ...range(5, 10), ...range(5, 20)]);
    expect(togetherCount).toBe(0);
  });

  it('that is cleared again and again never shows two in one task', async () => {
    feed.watch();
    const expected: number[] = [];
    for (let round = 0; round < 50; round++) {
      feed.clear();
      for (const message of range(3, round * 10)) feed.push(message);
      await turn();
      expected.push(round * 10);
    }
    await until(() => shown.at(-1) === 492, 'the last one was shown');
    await turns();
    expect(shown.filter((message) => message !== null && message % 10 === 0)).toEqual(expected);
    expect(shown).toEqual([...new Set(shown)]);
    expect(togetherCount).toBe(0);
  });
});

describe('MessageFeed', () => {
  it('keeps no port open while idle', async () => {
    vi.stubGlobal('setImmediate', undefined);
    const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort');
    const before = ports().length;
    feed.watch();
    for (const message of range(3)) feed.push(message);
    expect(ports().length).toBeGreaterThan(before);
    await until(() => shown.length === 3, 'all were shown');
    await until(() => ports().length === before, 'its ports are closed');
  });
});
