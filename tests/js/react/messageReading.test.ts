import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import type { OpenedLine } from '../../../js/src/core/openedLine.js';
import type { Position } from '../../../js/src/core/position.js';
import { log, messages } from '../../../js/src/core/stateDefinition.js';
import type { StreamListener } from '../../../js/src/core/streamReader.js';
import { MessageReading } from '../../../js/src/react/messageReading.js';

const letGo = vi.fn();
const reader = { at: null as Position | null, status: 'live', renew: vi.fn(), leave: vi.fn() };
const line = { hold: vi.fn(), subscribe: vi.fn() };
const { board, copy } = defineLine('/line', {
  state: {
    board: messages<number>({ stream: 'board' }),
    copy: messages<number>({ stream: 'board', match: { '/a': 1 } }),
  },
});
let reading: MessageReading<number>;

beforeEach(() => {
  vi.resetAllMocks();
  line.hold.mockReturnValue(letGo);
  line.subscribe.mockReturnValue(reader);
  reading = new MessageReading(line as unknown as OpenedLine, board);
});

const startedAt = () => line.subscribe.mock.calls.at(-1)?.[2];

describe('a reading', () => {
  it('holds the line and reads the stream while it is mounted', () => {
    const changed = vi.fn();
    const leave = reading.subscribe(changed);
    expect(line.subscribe).toHaveBeenCalledExactlyOnceWith(board, expect.anything(), null);
    expect(reading.getStatus()).toBe('live');
    leave();
    expect(reader.leave).toHaveBeenCalledOnce();
    expect(letGo).toHaveBeenCalledOnce();
    expect(reading.getStatus()).toBe('idle');
  });

  it('gives what comes in to the newest handler, and to none once it is gone', () => {
    const [first, second] = [vi.fn(), vi.fn()];
    reading.render(first, null);
    reading.subscribe(() => {});
    const [, listener] = line.subscribe.mock.calls[0] as [string, StreamListener<number>];
    reading.render(second, null);
    const batch = new Batch(new TextEncoder().encode('1,2'), 2, ['e1', 2]) as never;
    listener.published(batch);
    reading.render(null, null);
    listener.published(batch);
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledExactlyOnceWith([1, 2], batch);
  });

  it('does not call the handler for a run that holds nothing', () => {
    const handler = vi.fn();
    reading.render(handler, null);
    reading.subscribe(() => {});
    const [, listener] = line.subscribe.mock.calls[0] as [string, StreamListener<number>];
    listener.published(new Batch(new Uint8Array(), 0, ['e1', 2]) as never);
    expect(handler).not.toHaveBeenCalled();
  });

  it('gives rows that came as a batch one by one, and of none nothing', () => {
    const handler = vi.fn();
    const { rows } = defineLine('/line', { state: { rows: log<number>() } });
    const ofRows = new MessageReading(line as unknown as OpenedLine, rows);
    ofRows.render(handler, null);
    ofRows.subscribe(() => {});
    const [, listener] = line.subscribe.mock.calls[0] as [string, StreamListener<number>];
    listener.published(new Batch(new TextEncoder().encode('[1,[2]],3'), 2, ['e1', 2]) as never);
    listener.published(new Batch(new TextEncoder().encode('[]'), 1, ['e1', 3]) as never);
    expect(handler.mock.calls.map(([messages]) => messages)).toEqual([[1, [2], 3]]);
  });

  it('knows of what it is', () => {
    const own = line as unknown as OpenedLine;
    expect(reading.isOf(own, { ...board })).toBe(true);
    expect(reading.isOf(own, copy)).toBe(false);
    expect(reading.isOf(own, null)).toBe(false);
    expect(reading.isOf(null, board)).toBe(false);
  });

  it('is of no stream where there is none', () => {
    const none = new MessageReading(null, null);
    none.subscribe(() => {})();
    none.renew(['e1', 1]);
    expect(none.getStatus()).toBe('idle');
    expect(line.hold).not.toHaveBeenCalled();
  });

  it('passes on a newer snapshot', () => {
    reading.renew(['e1', 1]);
    reading.subscribe(() => {});
    reading.renew(['e1', 2]);
    expect(reader.renew).toHaveBeenCalledExactlyOnceWith(['e1', 2]);
  });
});

describe('a reading that was hidden for a while', () => {
  it.each([
    ['where it was, though the snapshot is older', ['e1', 5], ['e1', 9], ['e1', 9]],
    ['at a snapshot that is newer', ['e1', 12], ['e1', 9], ['e1', 12]],
    ['at a snapshot of another epoch', ['e2', 1], ['e1', 9], ['e2', 1]],
    ['now, when it began from now', null, ['e1', 9], null],
  ] as const)('goes on %s', (_, from, at, start) => {
    reading.render(() => {}, from);
    const leave = reading.subscribe(() => {});
    expect(startedAt()).toBe(from);
    reader.at = at;
    leave();
    reading.subscribe(() => {});
    expect(startedAt()).toEqual(start);
  });
});
