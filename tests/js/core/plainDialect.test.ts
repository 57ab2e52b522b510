import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OL_RECEIVED } from '../../../js/src/core/abi.js';
import type { DialectLine } from '../../../js/src/core/dialect.js';
import { Outgoing } from '../../../js/src/core/outgoing.js';
import { PlainDialect } from '../../../js/src/core/plainDialect.js';

const abi = { lineSocketMessage: vi.fn(), lineReceive: vi.fn(), lineReplied: vi.fn() };
const voice = { isReply: vi.fn(), greet: vi.fn(), knowsReplies: false };
const sink = { record: vi.fn(), gather: vi.fn() };
let isOpen: boolean;
let isBusy: boolean;
const line = {
  entry: {
    get isOpen() {
      return isOpen;
    },
    entries: 0,
    enter(use: (core: typeof abi, line: number) => unknown) {
      this.entries += 1;
      return use(abi, 3);
    },
  },
  voice,
  sink,
  wake: vi.fn(),
  deliver: vi.fn(),
  get isBusy() {
    return isBusy;
  },
} as unknown as DialectLine;
let out: Outgoing;
let dialect: PlainDialect;
const event = new MessageEvent('message', { data: 'x' });

beforeEach(() => {
  vi.resetAllMocks();
  isOpen = true;
  isBusy = false;
  voice.knowsReplies = false;
  out = new Outgoing({ send: vi.fn(), adopt: vi.fn() }, 8);
  dialect = new PlainDialect(line, out);
});

describe('a message that comes in', () => {
  it('is passed on at once where the core lets it through and has nothing else to tell', () => {
    abi.lineReceive.mockReturnValue(OL_RECEIVED);
    dialect.received(7, event);
    expect(abi.lineReceive).toHaveBeenCalledExactlyOnceWith(3, 7, 1);
    expect(line.deliver).toHaveBeenCalledExactlyOnceWith(event);
    expect(out.values.size).toBe(0);
    expect(line.wake).not.toHaveBeenCalled();
  });

  it('takes its turn among the records where there are others', () => {
    abi.lineReceive.mockReturnValue(2);
    dialect.received(7, event);
    expect(line.deliver).not.toHaveBeenCalled();
    expect(out.values.peek(1)).toBe(event);
    expect(line.wake).toHaveBeenCalledOnce();
  });

  it('takes its turn behind the records that are being passed on', () => {
    isBusy = true;
    dialect.received(7, event);
    expect(abi.lineReceive).not.toHaveBeenCalled();
    expect(abi.lineSocketMessage).toHaveBeenCalledExactlyOnceWith(3, 7, 1);
    expect(line.wake).toHaveBeenCalledOnce();
    expect(abi.lineReplied).not.toHaveBeenCalled();
  });

  it('is said to be a reply behind the message', () => {
    voice.knowsReplies = true;
    voice.isReply.mockReturnValue(true);
    dialect.received(7, event);
    expect(abi.lineReplied).toHaveBeenCalledExactlyOnceWith(3, 7);
    const [first] = abi.lineSocketMessage.mock.invocationCallOrder;
    expect(first).toBeLessThan(abi.lineReplied.mock.invocationCallOrder[0] as number);
  });

  it('has come in all the same when the core traps on the way', () => {
    abi.lineReceive.mockImplementation(() => {
      isOpen = false;
      return undefined;
    });
    dialect.received(7, event);
    expect(sink.record).toHaveBeenCalledExactlyOnceWith({ kind: 'message', event });
  });
});

describe('a socket that has opened', () => {
  it('is greeted by the application if it is the newest one', () => {
    const [old, raw] = [{} as WebSocket, {} as WebSocket];
    out.attach(raw);
    dialect.greet(7, old);
    expect(voice.greet).not.toHaveBeenCalled();
    dialect.greet(8, raw);
    expect(voice.greet).toHaveBeenCalledExactlyOnceWith(raw);
  });
});

describe('records', () => {
  it('are none of its own', () => {
    dialect.start();
    dialect.foresee();
    dialect.stop();
    expect(dialect.pass()).toBe(false);
  });
});

describe('a message behind one that the core has let through', () => {
  const second = new MessageEvent('message', { data: 'y' });
  beforeEach(() => {
    abi.lineReceive.mockReturnValue(OL_RECEIVED);
    sink.gather.mockReturnValue(true);
    dialect.received(7, event);
    abi.lineReceive.mockClear();
  });

  it('is gathered without asking the core again, if the line likes', () => {
    dialect.received(7, second);
    expect(sink.gather).toHaveBeenCalledExactlyOnceWith('y');
    expect(abi.lineReceive).not.toHaveBeenCalled();
    sink.gather.mockReturnValue(false);
    dialect.received(7, second);
    expect(abi.lineReceive).toHaveBeenCalledOnce();
  });

  it.each<[string, () => void]>([
    ['of another socket', () => dialect.received(8, second)],
    [
      'of bytes',
      () => dialect.received(7, new MessageEvent('message', { data: new ArrayBuffer(1) })),
    ],
    [
      'that may be a reply',
      () => {
        voice.knowsReplies = true;
        dialect.received(7, second);
      },
    ],
    [
      'after the core was told of anything else',
      () => {
        line.entry.enter(() => {});
        dialect.received(7, second);
      },
    ],
  ])('is not when it is one %s', (_, receive) => {
    receive();
    expect(sink.gather).not.toHaveBeenCalled();
    const { lineReceive, lineSocketMessage } = abi;
    expect(lineReceive.mock.calls.length + lineSocketMessage.mock.calls.length).toBe(1);
  });

  it('counts as heard', () => {
    const heard = vi.spyOn(out, 'heard');
    dialect.received(7, second);
    expect(heard).toHaveBeenCalledOnce();
  });
});
