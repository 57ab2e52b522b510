import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Line, SendReceipt } from '../../../js/src/core/line.js';
import { LineSending, refused } from '../../../js/src/core/lineSending.js';
import type { Message } from '../../../js/src/core/message.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';

const line = { send: vi.fn(), take: vi.fn() };
const at = line as unknown as Line;
const closed = new OpenlineError('closed', 'the line is closed');
let sending: LineSending;

const taken = (index: number): Message => line.take.mock.calls.flat()[index];

beforeEach(() => {
  vi.resetAllMocks();
  line.take.mockReturnValue({ state: 'queued' } satisfies SendReceipt);
  sending = new LineSending();
});

describe('what is sent to a stream', () => {
  it('is settled when it is given up', async () => {
    const { state, settled } = sending.sendTo(at, () => 'board', { a: 1 }, 100);
    expect(state).toBe('queued');
    sending.dispose();
    expect(await settled).toMatchObject({ outcome: 'rejected', reason: { code: 'closed' } });
  });

  it('waits on when the core stops, unless a socket has taken it', async () => {
    const ended = vi.fn();
    const [waits, left] = ['a', 'b'].map((payload) =>
      sending.sendTo(at, () => 'board', payload, 100),
    );
    taken(1).sent();
    void waits?.settled.then(ended);
    sending.stopped();
    expect(await left?.settled).toEqual({ outcome: 'unknown' });
    expect(ended).not.toHaveBeenCalled();
  });

  it('is refused, not thrown, where there is no such stream or no JSON', () => {
    const foreign = () => {
      throw new TypeError('none of this line');
    };
    expect(sending.sendTo(at, foreign, 1, 100)).toMatchObject({
      state: 'refused',
      reason: { code: 'unsendable', message: expect.stringContaining('none of this line') },
    });
    expect(sending.sendTo(at, () => 'board', 1n, 100)).toMatchObject({ state: 'refused' });
    expect(line.take).not.toHaveBeenCalled();
  });

  it('is rejected for the reason that it is refused for', async () => {
    line.take.mockReturnValue({ state: 'refused', reason: closed } satisfies SendReceipt);
    const { settled } = sending.sendTo(at, () => 'board', 1, 100);
    expect(await settled).toEqual({ outcome: 'rejected', reason: closed });
  });
});

describe('what is sent as it is', () => {
  it('is handed over when the socket has taken it', async () => {
    line.send.mockReturnValue({ state: 'sent' });
    expect(await sending.sendPlainly(at, 'x').settled).toEqual({ outcome: 'handed-over' });
  });

  it('waits as it is now, while the line is not open', () => {
    line.send.mockReturnValue({ state: 'refused', reason: closed });
    const bytes = Uint8Array.of(1, 2);
    expect(sending.sendPlainly(at, bytes).state).toBe('queued');
    bytes.fill(9);
    expect(taken(0).payload).toEqual(Uint8Array.of(1, 2));
  });

  it('does not wait when it could never be sent', async () => {
    line.send.mockReturnValue({ state: 'refused', reason: closed });
    expect(sending.sendPlainly(at, {}).state).toBe('refused');
    expect(line.take).not.toHaveBeenCalled();
    expect(await refused(closed).settled).toEqual({ outcome: 'rejected', reason: closed });
  });
});
