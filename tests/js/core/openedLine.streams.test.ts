import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Publications } from '../../../js/src/core/coreStreams.js';
import type { LineCallbacks, Resync } from '../../../js/src/core/lineCallbacks.js';
import { type DefinitionOptions, defineLine } from '../../../js/src/core/lineDefinition.js';
import { type OpenedLine, openLine } from '../../../js/src/core/openedLine.js';
import type { From } from '../../../js/src/core/position.js';
import { messages } from '../../../js/src/core/streamDefinition.js';
import { memoryBroker } from '../../../js/src/server/index.js';
import { soon } from '../../support/lineFixture.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { turns, until } from '../../support/until.js';

// The line of a definition against the real server, over loopback: what it reads.

const serve = streamServerFixture();
const opened: OpenedLine[] = [];

afterEach(() => {
  for (const line of opened.splice(0)) line.dispose();
  vi.restoreAllMocks();
});

const state = {
  board: messages<number>({ stream: 'board' }),
  chat: messages<string>({ stream: (room) => `chat:${room}` }),
};

type Options = Omit<DefinitionOptions, 'state'>;

function lineTo(url: string, callbacks: LineCallbacks = {}, options: Options = {}) {
  const definition = defineLine(url, { reconnect: soon, lingerMs: 0, ...options, state });
  const line = openLine(definition, callbacks);
  opened.push(line);
  const read = (from?: From | null, stream = definition.board) => {
    const seen: number[] = [];
    const published = (batch: Publications<number>) => seen.push(...batch.values());
    return { seen, reader: line.subscribe(stream, { published }, from) };
  };
  const readLive = async (from?: From | null) => {
    const both = read(from);
    await until(() => both.reader.status === 'live', 'the reader is live');
    return both;
  };
  return { definition, line, read, readLive };
}

/** Keeps so few publications that a hundred more are a gap. */
const forgetful = () => memoryBroker({ size: 5, entriesMax: 5 });

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('publications', () => {
  it('come in order, each once', async () => {
    const { url, lines } = await serve();
    const { readLive } = lineTo(url);
    const { seen, reader } = await readLive();
    for (const i of upTo(1_000)) lines.publish('board', i);
    await until(() => seen.length >= 1_000, 'all have come in');
    expect(seen).toEqual(upTo(1_000));
    expect(reader.at?.[1]).toBe(1_000);
  });

  it('are parsed once for all readers of a stream, which is subscribed once', async () => {
    const { url, lines } = await serve();
    const { readLive } = lineTo(url);
    const [a, b] = [await readLive(), await readLive()];
    const parse = vi.spyOn(JSON, 'parse');
    lines.publish('board', 1);
    await until(() => a.seen.length + b.seen.length === 2, 'both have it');
    const parsed = parse.mock.calls.filter(([text]) => text === '[1]');
    expect(parsed).toHaveLength(1);
    expect(lines.counters()).toMatchObject({ subscriptions: 1 });
  });

  it('are not parsed for a reader that only counts', async () => {
    const { url, lines } = await serve();
    const { line, definition } = lineTo(url);
    let count = 0;
    const reader = line.subscribe(definition.board, {
      published: (batch) => {
        count += batch.count;
      },
    });
    await until(() => reader.status === 'live', 'the reader is live');
    const parse = vi.spyOn(JSON, 'parse');
    for (const i of upTo(100)) lines.publish('board', `secret ${i}`);
    await until(() => count === 100, 'all have come in');
    expect(parse.mock.calls.filter(([text]) => text.includes('secret'))).toEqual([]);
  });

  it('begin after the snapshot of each reader, without a gap and without a double', async () => {
    const { url, lines } = await serve();
    for (const i of upTo(5)) lines.publish('board', i);
    const early = await lines.snapshot('board', () => 'early');
    for (const i of upTo(8, 6)) lines.publish('board', i);
    const later = await lines.snapshot('board', () => 'later');
    const { read, readLive } = lineTo(url);
    const b = await readLive(later);
    for (const i of upTo(10, 9)) lines.publish('board', i);
    await until(() => b.seen.length === 2, 'the later one has all');
    const [a, now] = [read(early), read()];
    await until(() => a.reader.status === 'live', 'the early one is live');
    lines.publish('board', 11);
    await until(() => a.seen.length === 6 && b.seen.length === 3, 'both have all');
    expect(a.seen).toEqual(upTo(11, 6));
    expect(b.seen).toEqual(upTo(11, 9));
    expect(now.seen.at(-1)).toBe(11);
  });

  it('of a family go to the readers of each stream', async () => {
    const { url, lines } = await serve();
    const { line, definition } = lineTo(url);
    const seen: string[] = [];
    for (const room of ['a', 'b']) {
      const reader = line.subscribe(definition.chat(room), {
        published: (batch) => seen.push(...batch.values().map((text) => `${room}:${text}`)),
      });
      await until(() => reader.status === 'live', 'the reader is live');
    }
    lines.publish('chat:b', 'x');
    await until(() => seen.length === 1, 'it has come in');
    expect(seen).toEqual(['b:x']);
  });
});

describe('a reader that leaves', () => {
  it('unsubscribes as the last one, and not before', async () => {
    const { url, lines } = await serve();
    const { readLive } = lineTo(url);
    const [a, b] = [await readLive(), await readLive()];
    a.reader.leave();
    await turns();
    expect(lines.counters()).toMatchObject({ subscriptions: 1 });
    b.reader.leave();
    await until(() => lines.counters().subscriptions === 0, 'nobody is subscribed');
    lines.publish('board', 1);
    await turns();
    expect([...a.seen, ...b.seen]).toEqual([]);
  });

  it('keeps the subscription for lingerMs, for whoever comes', async () => {
    const { url, lines } = await serve();
    const { readLive, read } = lineTo(url, {}, { lingerMs: 60_000 });
    const { reader } = await readLive();
    reader.leave();
    await turns();
    const next = read();
    expect(next.reader.status).toBe('live');
    expect(lines.counters()).toMatchObject({ subscriptions: 1 });
  });
});

describe('after a cut', () => {
  it('everything that was missed comes in, once, and the outage is recovered', async () => {
    const { url, lines, cut } = await serve();
    const onOutage = vi.fn();
    const onResync = vi.fn();
    const { readLive, line } = lineTo(url, { onOutage, onResync });
    const { seen } = await readLive();
    for (let round = 0; round < 5; round++) {
      for (const i of upTo(10)) lines.publish('board', round * 20 + i);
      cut();
      for (const i of upTo(20, 11)) lines.publish('board', round * 20 + i);
      await until(() => seen.length === (round + 1) * 20, 'all have come in');
      await until(() => line.snapshot.status === 'open', 'the line is open');
    }
    expect(seen).toEqual(upTo(100));
    expect(onResync).not.toHaveBeenCalled();
    expect(onOutage).toHaveBeenCalled();
    expect(onOutage.mock.calls.every(([outage]) => outage.recovered)).toBe(true);
  });
});

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

describe('a stream that the server refuses', () => {
  it('is told of once, and the others go on', async () => {
    const { url, lines } = await serve({ authorize: (_, stream) => stream !== 'chat:secret' });
    const onDenied = vi.fn();
    const { line, definition, readLive } = lineTo(url, { onDenied });
    const { seen } = await readLive();
    const listener = { published: vi.fn() };
    const [a, b] = [1, 2].map(() => line.subscribe(definition.chat('secret'), listener));
    await until(() => a?.status === 'denied' && b?.status === 'denied', 'it is denied');
    expect(onDenied).toHaveBeenCalledExactlyOnceWith({
      stream: 'chat:secret',
      code: 4403,
      text: expect.any(String),
    });
    lines.publish('board', 1);
    await until(() => seen.length === 1, 'the other one goes on');
  });
});
