import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AbiRecord } from '../../../js/src/core/abi.js';
import type { Publications, StreamUser } from '../../../js/src/core/coreStreams.js';
import type { DialectLine } from '../../../js/src/core/dialect.js';
import { NumberedOutgoing } from '../../../js/src/core/numberedOutgoing.js';
import { FRAME_BYTES_MAX, StreamDialect } from '../../../js/src/core/streamDialect.js';

const abi = {
  lineSocketFrame: vi.fn(),
  lineSocketUnspoken: vi.fn(),
  lineSubscribe: vi.fn(),
  lineResubscribe: vi.fn(),
  lineUnsubscribe: vi.fn(),
};
const streams = {
  started: vi.fn(),
  stopped: vi.fn(),
  subscribed: vi.fn(),
  published: vi.fn<StreamUser['published']>(),
  resync: vi.fn(),
  denied: vi.fn(),
};
const line = {
  entry: { isOpen: true, enter: (use: (core: typeof abi, line: number) => unknown) => use(abi, 3) },
  wake: vi.fn(),
} as unknown as DialectLine;
let out: NumberedOutgoing;
let dialect: StreamDialect;

beforeEach(() => {
  vi.resetAllMocks();
  out = new NumberedOutgoing({ send: vi.fn(), adopt: vi.fn() }, 8);
  dialect = new StreamDialect(line, { out, streams, protocol: 'openline.1' });
});

const blank: AbiRecord = { kind: 0, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, text: '', number: 0 };
const pass = (record: Partial<AbiRecord>) => dialect.pass({ ...blank, ...record });
const arrive = (data: string | ArrayBuffer) =>
  dialect.received(7, { data } as MessageEvent<string | ArrayBuffer>);

describe('a frame', () => {
  it('of text goes into the core without a handle', () => {
    arrive('[3,1]');
    expect(abi.lineSocketFrame).toHaveBeenCalledExactlyOnceWith(3, 7, 0, '[3,1]');
    expect(out.values.size).toBe(0);
    expect(line.wake).toHaveBeenCalledOnce();
  });

  it('of bytes is kept under a handle until the core has read it', () => {
    const frame = Uint8Array.of(11).buffer;
    arrive(frame);
    expect(abi.lineSocketFrame).toHaveBeenCalledExactlyOnceWith(3, 7, 1, frame);
    expect(out.values.peek(1)).toBe(frame);
    expect(pass({ kind: 16, a: 1 })).toBe(true);
    expect(out.values.size).toBe(0);
  });

  it.each([
    ['bytes', () => new ArrayBuffer(FRAME_BYTES_MAX + 1)],
    ['text', () => 'x'.repeat(FRAME_BYTES_MAX + 1)],
    ['text that is larger in UTF-8', () => 'ä'.repeat(FRAME_BYTES_MAX / 2 + 1)],
  ])('of %s over 16 MiB is not copied, and the socket is given up', (_, data) => {
    arrive(data());
    expect(abi.lineSocketFrame).not.toHaveBeenCalled();
    expect(abi.lineSocketUnspoken).toHaveBeenCalledExactlyOnceWith(3, 7);
    expect(out.values.size).toBe(0);
  });

  it('of just 16 MiB is taken', () => {
    arrive('x'.repeat(FRAME_BYTES_MAX));
    expect(abi.lineSocketFrame).toHaveBeenCalledOnce();
  });
});

describe('a socket that has opened', () => {
  it.each([
    ['openline.1', 0],
    ['', 1],
    ['graphql-ws', 1],
  ])('with the subprotocol %j: given up %d times', (protocol, times) => {
    const raw = { protocol } as WebSocket;
    out.attach(raw);
    dialect.greet(7, raw);
    expect(abi.lineSocketUnspoken).toHaveBeenCalledTimes(times);
  });

  it('is nobody’s when it is not the newest one', () => {
    out.attach({} as WebSocket);
    dialect.greet(7, { protocol: '' } as WebSocket);
    expect(abi.lineSocketUnspoken).not.toHaveBeenCalled();
  });
});

describe('records of streams', () => {
  it('give positions and refusals', () => {
    pass({ kind: 12, a: 5, text: 'e1', number: 120 });
    pass({ kind: 13, a: 5, text: 'e2', number: 9 });
    pass({ kind: 14, a: 5, b: 4403, text: 'no' });
    expect(streams.subscribed).toHaveBeenCalledExactlyOnceWith(5, ['e1', 120]);
    expect(streams.resync).toHaveBeenCalledExactlyOnceWith(5, ['e2', 9]);
    expect(streams.denied).toHaveBeenCalledExactlyOnceWith(5, 4403, 'no');
  });

  it('give publications as they lie in their frame', () => {
    const seen: Publications[] = [];
    streams.published.mockImplementation((_, batch) => seen.push(batch));
    arrive(new TextEncoder().encode('head1,[2]1').buffer);
    pass({ kind: 12, a: 5, text: 'e1', number: 120 });
    expect(pass({ kind: 15, a: 5, b: 2, c: 1, d: 4, e: 5, number: 122 })).toBe(true);
    expect(seen[0]).toMatchObject({ count: 2, epoch: 'e1', last: 122 });
    expect(seen[0]?.values()).toEqual([1, [2]]);
  });

  it('are others’ when they are of any line', () => {
    for (const kind of [1, 2, 3, 5, 6, 7, 8, 9, 10, 11]) expect(pass({ kind })).toBe(false);
  });
});

describe('records of messages', () => {
  const message = { payload: '', size: 0, sent: vi.fn(), replied: vi.fn(), ended: vi.fn() };

  it('give the reply, then the end, after which nothing is kept', () => {
    const handle = out.values.keep(message);
    pass({ kind: 17, a: handle, text: '{"id":1}' });
    pass({ kind: 18, a: handle });
    expect(message.replied).toHaveBeenCalledExactlyOnceWith('{"id":1}');
    expect(message.ended).toHaveBeenCalledExactlyOnceWith({ kind: 'acked' });
    expect(out.values.size).toBe(0);
  });

  it.each([
    [1, { kind: 'rejected', code: 4400, text: 'no' }],
    [2, { kind: 'too-large' }],
    [3, { kind: 'unknown' }],
  ])('give the settlement %d in words', (b, end) => {
    const handle = out.values.keep(message);
    pass({ kind: 18, a: handle, b, c: 4400, text: 'no' });
    expect(message.ended).toHaveBeenCalledExactlyOnceWith(end);
  });
});

describe('an outage', () => {
  it('is recovered unless a stream has a gap or is refused', () => {
    dialect.foresee([
      { ...blank, kind: 11 },
      { ...blank, kind: 12 },
    ]);
    expect(out.isRecovered).toBe(true);
    dialect.foresee([
      { ...blank, kind: 11 },
      { ...blank, kind: 13 },
    ]);
    expect(out.isRecovered).toBe(false);
    dialect.foresee([
      { ...blank, kind: 11 },
      { ...blank, kind: 14 },
    ]);
    expect(out.isRecovered).toBe(false);
  });
});

describe('whoever reads streams', () => {
  it('is told of the core, and of its end', () => {
    dialect.start();
    expect(streams.started).toHaveBeenCalledExactlyOnceWith(dialect);
    dialect.stop();
    expect(streams.stopped).toHaveBeenCalledOnce();
  });

  it('subscribes by name and goes on by number', () => {
    abi.lineSubscribe.mockReturnValueOnce(5).mockReturnValueOnce(0);
    expect(dialect.subscribe('board', ['e1', 3])).toBe(5);
    expect(dialect.subscribe('board', null)).toBe(0);
    vi.spyOn(line.entry, 'enter').mockReturnValueOnce(undefined);
    expect(dialect.subscribe('board', null)).toBeUndefined();
    dialect.resubscribe(5, null);
    dialect.unsubscribe(5);
    expect(abi.lineSubscribe).toHaveBeenCalledWith(3, 'board', ['e1', 3]);
    expect(abi.lineResubscribe).toHaveBeenCalledExactlyOnceWith(3, 5, null);
    expect(abi.lineUnsubscribe).toHaveBeenCalledExactlyOnceWith(3, 5);
    expect(line.wake).toHaveBeenCalledTimes(5);
  });
});
