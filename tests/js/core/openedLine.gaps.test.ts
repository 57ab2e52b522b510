import { describe, expect, it, vi } from 'vitest';
import type { Resync } from '../../../js/src/core/lineCallbacks.js';
import type { From } from '../../../js/src/core/position.js';
import { memoryBroker } from '../../../js/src/server/index.js';
import { boardLines, upTo } from '../../support/boardLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { turns, until } from '../../support/until.js';

// The line of a definition against the real server, over loopback: what it does about gaps.

const serve = streamServerFixture();
const lineTo = boardLines();

/** Keeps so few publications that a hundred more are a gap. */
const forgetful = () => memoryBroker({ size: 5, entriesMax: 5 });

describe('a gap that history does not cover', () => {
  /** Reads, is cut, and comes back when a thousand publications have been forgotten. */
  async function withGap(from?: (lines: { at: From }) => From | null) {
    const gaps: Resync[] = [];
    const server = await serve({ broker: forgetful() });
    const { url, lines, cut } = server;
    const at = (await lines.snapshot('board', () => 0)).at;
    const onOutage = vi.fn();
    const callbacks = { onResync: (gap: Resync) => gaps.push(gap), onOutage };
    const made = lineTo(url, callbacks);
    const readers = [
      await made.readLive(from?.({ at }) ?? null),
      await made.readLive(from?.({ at }) ?? null),
    ];
    lines.publish('board', 0);
    await until(() => readers.every(({ seen }) => seen.length === 1), 'both read');
    cut();
    for (const i of upTo(100)) lines.publish('board', i);
    await until(() => gaps.length > 0, 'the gap is told of');
    await turns();
    return { ...made, lines, gaps, readers, onOutage };
  }

  it('is told of once, and those who began from now go on', async () => {
    const { gaps, readers, lines, onOutage } = await withGap();
    await until(() => readers.every(({ reader }) => reader.status === 'live'), 'they are live');
    await turns();
    lines.publish('board', 101);
    await until(() => readers.every(({ seen }) => seen.includes(101)), 'they go on');
    expect(gaps).toMatchObject([{ stream: 'board', top: [expect.any(String), 101] }]);
    expect(readers.map(({ seen }) => seen)).toEqual([
      [0, 101],
      [0, 101],
    ]);
    expect(onOutage.mock.calls.at(-1)?.[0]).toMatchObject({ recovered: false });
  });

  it('is waited out for a newer snapshot by those who began from one', async () => {
    const { gaps, readers, lines } = await withGap(({ at }) => at);
    expect(readers.map(({ reader }) => reader.status)).toEqual(['resync', 'resync']);
    const { at } = await lines.snapshot('board', () => 0);
    lines.publish('board', 101);
    for (const { reader } of readers) reader.renew(at);
    await until(() => readers.every(({ seen }) => seen.includes(101)), 'they go on');
    expect(gaps).toHaveLength(1);
    expect(readers.map(({ seen }) => seen)).toEqual([
      [0, 101],
      [0, 101],
    ]);
  });
});

describe('a snapshot too old for the history', () => {
  it('is a gap for its reader alone', async () => {
    const { url, lines } = await serve({ broker: forgetful() });
    const { at } = await lines.snapshot('board', () => 0);
    for (const i of upTo(100)) lines.publish('board', i);
    const onResync = vi.fn();
    const { readLive, read } = lineTo(url, { onResync });
    const live = await readLive();
    const old = read(at);
    await until(() => old.reader.status === 'resync', 'the old one has a gap');
    lines.publish('board', 101);
    await until(() => live.seen.length === 1, 'the other one goes on');
    expect(live.seen).toEqual([101]);
    expect(onResync).toHaveBeenCalledOnce();
    const fresh = await lines.snapshot('board', () => 0);
    old.reader.renew(fresh.at);
    await until(() => old.reader.status === 'live', 'it is live again');
    lines.publish('board', 102);
    await until(() => old.seen.length === 1 && live.seen.length === 2, 'both go on');
    expect([old.seen, live.seen]).toEqual([[102], [101, 102]]);
    expect(onResync).toHaveBeenCalledOnce();
  });
});
