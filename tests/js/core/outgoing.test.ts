import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CoreSender, Outgoing } from '../../../js/src/core/outgoing.js';

// The numbers of ol_send_result.
const [SENT, QUEUED, MEASURE, CLOSED] = [0, 1, 2, 6];

let core: { send: ReturnType<typeof vi.fn>; adopt: ReturnType<typeof vi.fn> };
let out: Outgoing;

beforeEach(() => {
  core = { send: vi.fn(() => QUEUED), adopt: vi.fn(() => QUEUED) };
  out = new Outgoing(core as CoreSender, 8);
});

/** A socket that takes everything. */
function connect(): WebSocket {
  const socket = { readyState: 1, send: vi.fn() } as unknown as WebSocket;
  out.attach(socket);
  out.gate.unlock(true);
  return socket;
}

describe('sendPast', () => {
  it('gives the value to the open socket and leaves the core alone', () => {
    const socket = connect();
    expect(out.sendPast('a')).toBe('sent');
    expect(socket.send).toHaveBeenCalledExactlyOnceWith('a');
    expect(core.send).not.toHaveBeenCalled();
  });

  it('is not the way while something waits, or while the gate is shut', () => {
    const socket = connect();
    out.adopt('waits', 0);
    expect(out.sendPast('a')).toBeNull();
    out.values.take(1);
    out.gate.unlock(false);
    expect(out.sendPast('a')).toBeNull();
    expect(socket.send).not.toHaveBeenCalled();
  });
});

describe('sendThrough', () => {
  it('keeps what is queued as it was, counted in bytes, and nothing else', () => {
    core.send.mockReturnValueOnce(MEASURE);
    const bytes = Uint8Array.of(1, 2);
    expect(out.sendThrough(bytes, true)).toBe('queued');
    bytes.fill(9);
    expect(core.send.mock.calls).toEqual([
      [1, 2, false],
      [1, 2, true],
    ]);
    expect(out.values.held()).toEqual([Uint8Array.of(1, 2)]);
  });

  it('counts a text in code units first, and in bytes of UTF-8 only when it has to wait', () => {
    core.send.mockReturnValueOnce(MEASURE);
    out.sendThrough('éé', true);
    expect(core.send.mock.calls).toEqual([
      [1, 2, false],
      [1, 4, true],
    ]);
  });

  it('lets the handle of what is refused go', () => {
    core.send.mockReturnValue(CLOSED);
    expect(out.sendThrough('a', true)).toBe('closed');
    core.send.mockReturnValue(MEASURE);
    expect(out.sendThrough('a', false)).toBe('not-open');
    core.send.mockReturnValue(undefined);
    expect(out.sendThrough('a', true)).toBe('failed');
    expect(out.values.size).toBe(0);
  });
});

describe('adopt', () => {
  it('hands a message over with its bytes and its age, and holds it', () => {
    expect(out.adopt('éé', 250)).toBe('queued');
    expect(core.adopt).toHaveBeenCalledExactlyOnceWith(1, 4, 250);
    expect(out.values.held()).toEqual(['éé']);
  });

  it('keeps nothing of one that is not taken', () => {
    core.adopt.mockReturnValue(undefined);
    expect(out.adopt('a', 0)).toBe('failed');
    expect(out.values.size).toBe(0);
  });
});

describe('what is unconfirmed', () => {
  /** As if the core had sent what waited under this handle. */
  const flush = (value: string) => {
    out.adopt(value, 0);
    out.sent(1);
  };

  it('is what was given to a lost connection, past the core or through it', () => {
    connect();
    out.sendPast('a');
    core.send.mockImplementationOnce((handle) => {
      out.sent(handle);
      return SENT;
    });
    out.sendThrough('b', true);
    flush('c');
    connect();
    expect(out.takeUnconfirmed()).toBe(3);
    expect(out.values.size).toBe(0);
  });

  it('is told once', () => {
    connect();
    out.sendPast('a');
    connect();
    expect(out.takeUnconfirmed()).toBe(1);
    expect(out.takeUnconfirmed()).toBe(0);
  });

  it('is nothing that the present connection was given', () => {
    connect();
    out.sendPast('a');
    expect(out.takeUnconfirmed()).toBe(0);
  });

  it('adds up over several connections that were lost before it was asked', () => {
    for (const text of ['a', 'b', 'c']) {
      connect();
      out.sendPast(text);
    }
    connect();
    connect();
    expect(out.takeUnconfirmed()).toBe(3);
  });

  it('begins anew with a message that came in, of the same connection only', () => {
    connect();
    out.sendPast('a');
    connect();
    out.sendPast('b');
    out.heard();
    out.sendPast('c');
    connect();
    expect(out.takeUnconfirmed()).toBe(2);
  });

  it('is not counted when nothing was sent: refused, queued, too large', () => {
    const socket = connect();
    vi.mocked(socket.send).mockImplementation(() => {
      throw new TypeError('no such value');
    });
    expect(out.sendPast('a')).toBe('unsendable');
    expect(out.sendPast('123456789')).toBe('too-large');
    core.send.mockReturnValueOnce(MEASURE);
    expect(out.sendThrough('c', true)).toBe('queued');
    connect();
    expect(out.takeUnconfirmed()).toBe(0);
  });

  it('is forgotten when the application ends the connection', () => {
    connect();
    out.sendPast('a');
    connect();
    out.sendPast('b');
    out.leave();
    expect(out.sendPast('c')).toBeNull();
    connect();
    expect(out.takeUnconfirmed()).toBe(0);
  });
});

describe('what leaves after the application has ended the connection', () => {
  it('is not lost with it: it goes in front of the closing handshake', () => {
    connect();
    expect(out.adopt('waits', 0)).toBe('queued');
    out.leave();
    out.sent(1);
    connect();
    expect(out.takeUnconfirmed()).toBe(0);
    out.sendPast('later');
    connect();
    expect(out.takeUnconfirmed()).toBe(1);
  });
});

describe('a message that is told what becomes of it', () => {
  const message = () => ({
    payload: 'text',
    size: 4,
    sent: vi.fn(),
    replied: vi.fn(),
    ended: vi.fn(),
  });

  it('is sent as its payload, past the core', () => {
    const socket = connect();
    const held = message();
    expect(out.sendPast(held)).toBe('sent');
    expect(socket.send).toHaveBeenCalledExactlyOnceWith('text');
    expect(held.sent).toHaveBeenCalledOnce();
  });

  it('waits by its size, and is told when the socket has taken its payload', () => {
    core.send.mockReturnValueOnce(MEASURE);
    const held = message();
    expect(out.sendThrough(held, true)).toBe('queued');
    expect(core.send).toHaveBeenLastCalledWith(1, 4, true);
    expect(out.peek(1)).toBe('text');
    expect(held.sent).not.toHaveBeenCalled();
    out.sent(1);
    expect(held.sent).toHaveBeenCalledOnce();
  });
});
