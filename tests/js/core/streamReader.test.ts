import { describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import type { Position } from '../../../js/src/core/position.js';
import { StreamReader, type StreamStatus } from '../../../js/src/core/streamReader.js';
import { uncaught } from '../../support/uncaught.js';

/** Publications `first` to `last`, each its own offset. */
function batch(first: number, last: number, epoch = 'e1'): Batch {
  const offsets = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return new Batch(new TextEncoder().encode(offsets.join()), offsets.length, [epoch, last]);
}

function readerAt(at: Position | null) {
  const stream = { restart: vi.fn(), remove: vi.fn() };
  const seen: unknown[] = [];
  const statuses: StreamStatus[] = [];
  const reader = new StreamReader(
    stream,
    {
      published: (each) => seen.push(...each.values()),
      changed: (status) => statuses.push(status),
    },
    at,
  );
  return { reader, stream, seen, statuses };
}

describe('a reader', () => {
  it('takes nothing before it is live', () => {
    const { reader, seen } = readerAt(null);
    reader.take(batch(1, 2));
    expect(seen).toEqual([]);
    expect(reader.status).toBe('subscribing');
  });

  it('takes each publication once, whatever the runs overlap', () => {
    const { reader, seen } = readerAt(['e1', 2]);
    reader.set('live');
    for (const each of [batch(1, 2), batch(1, 4), batch(4, 4), batch(3, 6)]) reader.take(each);
    expect(seen).toEqual([3, 4, 5, 6]);
    expect(reader.at).toEqual(['e1', 6]);
  });

  it('without a position takes the first run whole', () => {
    const { reader, seen } = readerAt(null);
    reader.set('live');
    reader.take(batch(5, 6));
    expect(seen).toEqual([5, 6]);
  });

  it('of a run that was thinned out never misses a newer one', () => {
    const { reader, seen } = readerAt(['e1', 10]);
    reader.set('live');
    // Offsets 8 to 14 with 3 entries left: which they are is not said.
    reader.take(new Batch(new TextEncoder().encode('9,12,14'), 3, ['e1', 14]));
    expect(seen).toEqual([9, 12, 14]);
  });

  it('tells of its status when it has changed', () => {
    const { reader, statuses } = readerAt(null);
    for (const status of ['live', 'live', 'denied'] as const) reader.set(status);
    expect(statuses).toEqual(['live', 'denied']);
  });

  it('that throws reaches the page, and goes on', async () => {
    const stream = { restart: vi.fn(), remove: vi.fn() };
    const reader = new StreamReader(
      stream,
      {
        published: () => {
          throw new Error('mine');
        },
      },
      null,
    );
    reader.set('live');
    const errors = await uncaught(async () => reader.take(batch(1, 1)));
    expect(errors).toEqual([new Error('mine')]);
    expect(reader.at).toEqual(['e1', 1]);
  });

  it('leaves once', () => {
    const { reader, stream, statuses } = readerAt(null);
    reader.leave();
    reader.leave();
    expect(stream.remove).toHaveBeenCalledExactlyOnceWith(reader);
    expect(statuses).toEqual(['idle']);
  });

  it('is told of nothing once it has left', () => {
    const { reader, statuses } = readerAt(['e1', 1]);
    reader.leave();
    reader.set('live');
    reader.lose();
    expect(reader.status).toBe('idle');
    expect(statuses).toEqual(['idle']);
  });
});

describe('a reader that has lost something', () => {
  it('goes on from now when it began from now', () => {
    const { reader } = readerAt(null);
    reader.set('live');
    reader.take(batch(1, 3));
    reader.lose();
    expect([reader.status, reader.at]).toEqual(['live', null]);
  });

  it('waits for a newer snapshot when it began from one', () => {
    const { reader, stream, seen } = readerAt(['e1', 3]);
    reader.set('live');
    reader.lose();
    expect(reader.status).toBe('resync');
    reader.take(batch(4, 4));
    expect(seen).toEqual([]);
    reader.renew(['e1', 3]);
    reader.renew(['e1', 1]);
    expect(stream.restart).not.toHaveBeenCalled();
    reader.renew(['e1', 9]);
    expect(stream.restart).toHaveBeenCalledExactlyOnceWith(reader);
    expect(reader.at).toEqual(['e1', 9]);
  });

  it('takes a snapshot of another epoch for newer', () => {
    const { reader, stream } = readerAt(['e1', 300]);
    reader.lose();
    reader.renew(['e2', 1]);
    expect(stream.restart).toHaveBeenCalledOnce();
  });
});

describe('a snapshot while nothing is missing', () => {
  it('changes nothing, but a gap is waited out from then on', () => {
    const { reader, stream } = readerAt(null);
    reader.set('live');
    reader.renew(['e1', 100]);
    expect(stream.restart).not.toHaveBeenCalled();
    expect(reader.at).toBeNull();
    reader.lose();
    expect(reader.status).toBe('resync');
  });
});
