import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreLine, CoreRecord } from '../../../js/src/core/core.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { startCore } from '../../../js/src/core/wasmCore.js';
import { coreModule } from '../../support/coreModule.js';
import { RecordingSink } from '../../support/recordingSink.js';
import { uncaught } from '../../support/uncaught.js';

// What a receiver of records may do: call the line again, and throw.

let line: CoreLine;
let sink: RecordingSink;

beforeEach(async () => {
  const core = await startCore({ wasmModule: await coreModule() }, undefined, () => {});
  sink = new RecordingSink(null);
  line = core.createLine({ ...resolveOptions({}), binaryType: 'blob' }, sink);
  sink.line = line;
});
afterEach(() => line.dispose());

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
    sink.onRecord = (record: CoreRecord) => {
      if (record.kind === 'url') line.close(undefined, '');
      sink.records.push({ kind: 'flush' }); // where this call ends
    };
    line.open();
    const told = sink.kinds.filter((_, i) => i % 2 === 0);
    expect(sink.kinds).toEqual(told.flatMap((kind) => [kind, 'flush']));
    expect(told).toEqual(['status', 'url', 'status', 'error', 'close']);
    expect(sink.statuses).toEqual(['connecting', 'closed']);
  });

  it('may dispose of it, and hears no more', () => {
    for (const value of ['a', 'b', 'c']) line.send(value);
    sink.onRecord = (record: CoreRecord) => {
      if (record.kind === 'url') line.dispose();
    };
    line.open();
    line.close(undefined, '');
    expect(sink.kinds).toEqual(['status', 'url']);
  });
});
