import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Message } from '../../../js/src/core/message.js';
import { NumberedOutgoing } from '../../../js/src/core/numberedOutgoing.js';

// The numbers of ol_send_result.
const [SENT, QUEUED, CLOSED] = [0, 1, 6];

const core = { send: vi.fn(), adopt: vi.fn() };
let out: NumberedOutgoing;
let message: Message;

beforeEach(() => {
  vi.resetAllMocks();
  out = new NumberedOutgoing(core, 1_000);
  message = Message.to('chat', 'ä', 1_000);
});

describe('sending', () => {
  it('never goes past the core', () => {
    out.attach({ readyState: 1, send: vi.fn() } as unknown as WebSocket);
    out.gate.unlock(true);
    expect(out.sendPast()).toBeNull();
  });

  it('gives the core the exact size, and holds what waits', () => {
    core.send.mockReturnValue(QUEUED);
    expect(out.sendThrough(message)).toBe('queued');
    expect(core.send).toHaveBeenCalledExactlyOnceWith(1, message.size, true);
    expect(out.values.held()).toEqual([message]);
  });

  it('keeps what was sent until it is settled, without its waiting', () => {
    core.send.mockImplementation((handle: number) => {
      expect(out.peek(handle)).toBe(message.payload);
      return SENT;
    });
    expect(out.sendThrough(message)).toBe('sent');
    expect([out.values.size, out.values.heldCount]).toEqual([1, 0]);
    expect(message.isSent).toBe(true);
  });

  it('keeps nothing of what is refused, or when the core has stopped', () => {
    core.send.mockReturnValueOnce(CLOSED).mockReturnValueOnce(undefined);
    expect(out.sendThrough(message)).toBe('closed');
    expect(out.sendThrough(message)).toBe('failed');
    expect(out.values.size).toBe(0);
  });
});

describe('peek', () => {
  it('is asked again on each connection, and gives the same text', () => {
    core.send.mockReturnValue(QUEUED);
    out.sendThrough(message);
    expect([out.peek(1), out.peek(1)]).toEqual([message.payload, message.payload]);
    expect(out.values.heldCount).toBe(0);
    expect(out.values.size).toBe(1);
  });
});
