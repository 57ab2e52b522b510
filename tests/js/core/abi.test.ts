import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import { OPTION_TABLE } from '../../../js/src/core/options.js';
import { coreModule } from '../../support/coreModule.js';

const defaults = OPTION_TABLE.map(({ standard }) => standard);
const STATUS = 1;
const URL_WANTED = 2;
const ERROR = 5;
const CLOSE = 6;
const NO_LINE = 999;
const blank = { kind: 0, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, text: '', number: 0 };
const [ASKING, WAITING, FAILED] = [2, 5, 9];

let abi: Abi;
let aborts: unknown[];
const host = { openline: () => undefined, openlineNow: () => performance.now() };

beforeEach(async () => {
  aborts = [];
  abi = await Abi.start(await coreModule(), {
    ...host,
    onAbort: (what) => aborts.push(what),
  });
});
afterEach(() => vi.restoreAllMocks());

describe('Abi.start', () => {
  it('rejects a module that is not the core', async () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const settings = { ...host, onAbort: () => {} };
    await expect(Abi.start(empty, settings)).rejects.toThrow('exports no memory');
  });

  it('rejects when there is no memory to start with', async () => {
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new RangeError('no memory') as never);
    const settings = { ...host, onAbort: () => {} };
    await expect(Abi.start(await coreModule(), settings)).rejects.toThrow('no memory');
  });
});

describe('options', () => {
  it('are all in range by default', () => {
    expect(abi.optionsFault(defaults)).toBe(-1);
  });

  it.each(OPTION_TABLE.map((row, index) => ({ ...row, index })))(
    'reach the field of $name: out of range it is reported as number $index',
    ({ index, min, max }) => {
      for (const wrong of [min - 1, max + 1, Number.NaN, Number.NEGATIVE_INFINITY]) {
        expect(abi.optionsFault(defaults.with(index, wrong))).toBe(index);
      }
    },
  );

  it('make no line while one is out of range', () => {
    expect(abi.lineCreate(defaults.with(7, 0), '', 0)).toBe(0);
  });

  it('that contradict each other are reported as the first of them', () => {
    expect(abi.optionsFault(defaults.with(0, 31_000))).toBe(0);
  });
});

describe('lines', () => {
  it('have ids above 0 that are never used again', () => {
    const first = abi.lineCreate(defaults, '', 0);
    abi.lineDestroy(first);
    const second = abi.lineCreate(defaults, '', 0);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
  });

  it('that do not exist are ignored by every function', () => {
    abi.lineDestroy(NO_LINE);
    abi.lineOpen(NO_LINE);
    abi.lineClose(NO_LINE, 1000, 'bye');
    abi.lineReconnect(NO_LINE);
    abi.lineChooseWait(NO_LINE, 1);
    abi.lineSetProtocols(NO_LINE, 'chat');
    abi.lineUrlReady(NO_LINE, 1, 'ws://localhost/');
    abi.lineUrlFailed(NO_LINE, 1, true);
    abi.lineSetBinaryType(NO_LINE, 1);
    abi.lineSocketMessage(NO_LINE, 1, 1);
    abi.lineWoken(NO_LINE);
    abi.lineCredentials(NO_LINE, 1, true);
    abi.linePageSignal(NO_LINE, 0);
    abi.lineReplied(NO_LINE, 1);
    abi.linePingSent(NO_LINE, 1);
    abi.lineResubscribe(NO_LINE, 1, ['e1', 1]);
    abi.lineUnsubscribe(NO_LINE, 1);
    abi.lineSocketFrame(NO_LINE, 1, 0, '[]');
    abi.lineSocketUnspoken(NO_LINE, 1);
    expect(abi.lineSubscribe(NO_LINE, 'board', null)).toBe(0);
    expect(abi.lineAdopt(NO_LINE, 1, 5, 0)).toBe(abi.lineSend(NO_LINE, 1, 5, true));
    expect(abi.linePump(NO_LINE)).toEqual([]);
    expect(abi.lineBufferedAmount(NO_LINE)).toBe(0);
    expect(aborts).toEqual([]);
  });
});

describe('records', () => {
  it('carry kind, numbers and the socket that wants a URL', () => {
    const line = abi.lineCreate(defaults, '', 0);
    expect(abi.linePump(line)).toEqual([]);
    abi.lineOpen(line);
    const connecting = { ...blank, kind: STATUS, a: ASKING, number: -1 };
    const wanted = { ...blank, kind: URL_WANTED, a: 1 };
    expect(abi.linePump(line)).toEqual([connecting, wanted]);
    expect(abi.linePump(line)).toEqual([]);
  });

  it('carry the instant of the next attempt as a number on the clock of the page', () => {
    const delays = defaults.with(0, 5_000).with(1, 5_000);
    const line = abi.lineCreate(delays, '', 0);
    abi.lineOpen(line);
    abi.linePump(line);
    const before = performance.now();
    abi.lineUrlFailed(line, 1, false);
    const [waiting] = abi.linePump(line);
    expect(waiting).toMatchObject({ kind: STATUS, a: WAITING, c: 1 });
    expect(waiting?.number).toBeGreaterThanOrEqual(Math.floor(before) + 5_000);
    expect(waiting?.number).toBeLessThanOrEqual(performance.now() + 5_000);
    abi.lineDestroy(line);
  });

  it('come in order: the status before what happened', () => {
    const line = abi.lineCreate(defaults, '', 0);
    abi.lineOpen(line);
    abi.linePump(line);
    abi.lineUrlFailed(line, 1, true);
    const records = abi.linePump(line);
    expect(records.map(({ kind }) => kind)).toEqual([STATUS, ERROR, CLOSE]);
    expect(records[0]).toMatchObject({ a: FAILED, b: 4 });
    expect(records[2]).toMatchObject({ a: 1006, b: 0, text: '' });
  });

  it('are read from where the memory is now, after it has grown', () => {
    const line = abi.lineCreate(defaults, '', 0);
    abi.lineOpen(line);
    expect(abi.linePump(line)).toHaveLength(2);
    abi.lineUrlReady(line, 99, 'x'.repeat(3_000_000));
    abi.lineReconnect(line);
    expect(abi.linePump(line)).toMatchObject([{ kind: URL_WANTED, a: 2 }]);
    abi.lineDestroy(line);
  });
});

describe('out of memory', () => {
  it('throws rather than writing to address 0', () => {
    const line = abi.lineCreate(defaults, '', 0);
    vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('no more');
    });
    const url = 'x'.repeat(3_000_000);
    expect(() => abi.lineUrlReady(line, 1, url)).toThrow('the core is out of memory');
  });
});

describe('sending', () => {
  it('asks for the exact size of what would wait, and only then takes it', () => {
    const [MEASURE, QUEUED] = [2, 1];
    const line = abi.lineCreate(defaults, '', 0);
    expect(abi.lineSend(line, 1, 5, false)).toBe(MEASURE);
    expect(abi.lineBufferedAmount(line)).toBe(0);
    expect(abi.lineSend(line, 1, 7, true)).toBe(QUEUED);
    expect(abi.lineBufferedAmount(line)).toBe(7);
  });
});

describe('what came in', () => {
  it('is a message that is stale while the socket it names is not open', () => {
    const [DROP, STALE, HANDLE] = [7, 0, 77];
    const line = abi.lineCreate(defaults, '', 0);
    abi.lineSocketMessage(line, 1, HANDLE);
    expect(abi.linePump(line)).toMatchObject([{ kind: DROP, a: HANDLE, b: STALE }]);
  });

  it('is an alarm that means nothing to a line without a deadline', () => {
    const line = abi.lineCreate(defaults, '', 0);
    abi.lineWoken(line);
    expect(abi.linePump(line)).toEqual([]);
  });
});

describe('streams', () => {
  const OPENLINE_1 = 2;

  it('are subscribed by name, once each, on a line that speaks openline.1 alone', () => {
    const line = abi.lineCreate(defaults, 'openline.1', OPENLINE_1);
    const [first, second] = [
      abi.lineSubscribe(line, 'bö', null),
      abi.lineSubscribe(line, 'b', ['e1', 7]),
    ];
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(abi.lineSubscribe(line, '', null)).toBe(0);
    expect(abi.lineSubscribe(line, 'x'.repeat(257), null)).toBe(0);
    expect(abi.lineSubscribe(abi.lineCreate(defaults, '', 0), 'b', null)).toBe(0);
  });

  it('get frames; the handle of one that comes too late is given back', () => {
    const [DROP, STALE, HANDLE] = [7, 0, 77];
    const line = abi.lineCreate(defaults, 'openline.1', OPENLINE_1);
    abi.lineSocketFrame(line, 1, 0, 'ä');
    abi.lineSocketFrame(line, 1, HANDLE, new ArrayBuffer(100_000));
    expect(abi.linePump(line)).toMatchObject([{ kind: DROP, a: HANDLE, b: STALE }]);
  });
});
