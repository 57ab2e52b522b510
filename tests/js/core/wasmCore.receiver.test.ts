import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CoreLine, CoreRecord } from '../../../js/src/core/core.js';
import { coreFixture } from '../../support/lineFixture.js';
import type { RecordingSink } from '../../support/recordingSink.js';
import { nowhere } from '../../support/sessionUser.js';
import { uncaught } from '../../support/uncaught.js';

// What a receiver of records may do: call the line again, and throw.

const { lineWith } = coreFixture();
const url = vi.fn(nowhere);
let line: CoreLine;
let sink: RecordingSink;

beforeEach(() => {
  url.mockReset().mockImplementation(nowhere);
  ({ line, sink } = lineWith({}, { url }));
});

describe('a receiver that throws', () => {
  it('misses nothing of what comes after, and its error reaches the page', async () => {
    for (const value of ['a', 'b', 'c']) line.send(value);
    const error = new Error('in onDrop');
    sink.onRecord = (record: CoreRecord) => {
      if (record.kind === 'drop' && record.value === 'a') throw error;
    };
    const before = sink.settledCount;
    const errors = await uncaught(async () => {
      expect(() => line.close(undefined, '')).not.toThrow();
    });
    expect(errors).toEqual([error]);
    expect(sink.of('drop').map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(sink.settledCount).toBe(before + 1);
  });
});

describe('a receiver that calls the line', () => {
  it('is told of what came of it afterwards, in order', () => {
    const calls: string[] = [];
    sink.onRecord = (record: CoreRecord) => {
      calls.push(record.kind);
      if (record.kind === 'status' && record.status === 'connecting') line.close(undefined, '');
      calls.push('end');
    };
    line.open();
    expect(calls.filter((_, i) => i % 2 === 1)).toEqual(['end', 'end', 'end', 'end']);
    expect(sink.kinds).toEqual(['status', 'status', 'error', 'close']);
    expect(sink.statuses).toEqual(['connecting', 'closed']);
  });

  it('may dispose of it, and hears no more', () => {
    for (const value of ['a', 'b', 'c']) line.send(value);
    url.mockImplementation(() => {
      line.dispose();
      return 'ws://127.0.0.1:1';
    });
    line.open();
    line.close(undefined, '');
    expect(sink.kinds).toEqual(['status']);
  });
});
