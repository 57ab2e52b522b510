import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Position } from '../../../js/src/core/position.js';
import { boardLines, upTo } from '../../support/boardLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { turns, until } from '../../support/until.js';

// The line of a definition against the real server, over loopback: what it reads.

const serve = streamServerFixture();
const lineTo = boardLines();

afterEach(() => vi.restoreAllMocks());

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

  it('are neither left out nor doubled where snapshots come in any order at once', async () => {
    const { url, lines } = await serve();
    const positions: Position[] = [];
    for (const i of upTo(20)) {
      positions.push((await lines.snapshot('board', () => 0)).at);
      lines.publish('board', i);
    }
    const { read, readLive, line } = lineTo(url);
    await until(() => line.snapshot.status === 'open', 'the line is open');
    const order = [10, 3, 15, 0, 7];
    const readers = order.map((i) => read(positions[i]));
    await readLive();
    lines.publish('board', 21);
    await until(() => readers.every(({ seen }) => seen.includes(21)), 'all have all');
    expect(readers.map(({ seen }) => seen)).toEqual(order.map((i) => upTo(21, i + 1)));
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

describe('a line refuses', () => {
  const url = 'ws://127.0.0.1:1/';

  it('a family in the place of a stream, and says to call it', () => {
    const { line, definition } = lineTo(url);
    const uncalled = definition.chat as unknown as typeof definition.board;
    const wanted = "openline: chat is a family; call it with strings: chat('…').";
    expect(() => line.subscribe(uncalled, { published: () => {} })).toThrow(new TypeError(wanted));
    const receipt = line.send(uncalled, 1);
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'unsendable' } });
    expect(receipt.state === 'refused' && receipt.reason.message).toContain(wanted);
  });

  it.each([[() => {}], [{}], [null], [undefined], [{ published: 1 }]])(
    '%o for a listener, and says what is one',
    (listener) => {
      const { line, definition } = lineTo(url);
      expect(() => line.subscribe(definition.board, listener as never)).toThrow(
        new TypeError('openline: give subscribe { published(batch) {} }.'),
      );
    },
  );
});
