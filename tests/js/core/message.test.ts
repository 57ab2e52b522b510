import { describe, expect, it } from 'vitest';
import { Message } from '../../../js/src/core/message.js';

const toChat = (payload: unknown = { text: 'ä' }) => Message.to('chat', payload, 1_000);
const plain = () => new Message('x', null, 'x', 1);

describe('Message.to', () => {
  it('is the stream and the payload in JSON, measured in bytes', () => {
    const given = { text: 'ä' };
    const message = Message.to('chat:"1"', given, 1_000);
    expect(message.payload).toBe('"chat:\\"1\\"",{"text":"ä"}');
    expect(message.size).toBe(Buffer.byteLength(message.payload as string));
    expect(message.given).toBe(given);
    expect(message.stream).toBe('chat:"1"');
  });

  it('has the payload as it was when it was sent', () => {
    const given = { text: 'before' };
    const message = toChat(given);
    given.text = 'after';
    expect(message.payload).toBe('"chat",{"text":"before"}');
  });

  it('throws for what is larger than messageBytesMax, without measuring it', () => {
    expect(() => Message.to('chat', 'x'.repeat(100), 50)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});

describe('a message is settled', () => {
  it('as acked, with what the handler replied', async () => {
    const message = toChat();
    message.sent();
    message.replied('{"id":17}');
    message.ended({ kind: 'acked' });
    expect(await message.settled).toEqual({ outcome: 'acked', value: { id: 17 } });
  });

  it('as acked without a value when there was no reply, or none that is JSON', async () => {
    const messages = [toChat(), toChat()];
    messages[1]?.replied('{');
    for (const message of messages) message.ended({ kind: 'acked' });
    for (const message of messages) {
      expect(await message.settled).toEqual({ outcome: 'acked', value: undefined });
    }
  });

  it('as rejected with the code and the text of the server', async () => {
    const message = toChat();
    message.ended({ kind: 'rejected', code: 4400, text: 'a message needs a text' });
    expect(await message.settled).toMatchObject({
      outcome: 'rejected',
      code: 4400,
      text: 'a message needs a text',
      reason: {
        code: 'rejected',
        message: 'openline: the server rejected the message (4400: a message needs a text).',
      },
    });
  });

  it('as rejected by the line itself when it is larger than the server takes', async () => {
    const message = toChat();
    message.ended({ kind: 'too-large' });
    const settlement = await message.settled;
    expect(settlement).toMatchObject({ outcome: 'rejected', reason: { code: 'too-large' } });
    expect(settlement).not.toHaveProperty('code');
  });

  it.each([
    ['closed', 'closed'],
    ['overflow', 'queue-full'],
    ['unsendable', 'unsendable'],
  ] as const)('as rejected when it is dropped: %s', async (cause, code) => {
    const message = toChat();
    message.dropped(cause);
    expect(await message.settled).toMatchObject({ outcome: 'rejected', reason: { code } });
  });

  it('as expired when it has waited for too long', async () => {
    const message = toChat();
    message.dropped('expired');
    expect(await message.settled).toEqual({ outcome: 'expired' });
  });

  it('as unknown when it was sent and given up', async () => {
    const message = toChat();
    message.ended({ kind: 'unknown' });
    expect(await message.settled).toEqual({ outcome: 'unknown' });
  });

  it('by the first end alone', async () => {
    const message = toChat();
    message.ended({ kind: 'unknown' });
    message.ended({ kind: 'acked' });
    expect(await message.settled).toEqual({ outcome: 'unknown' });
  });

  it('as handed over once a socket has taken it, on a line without streams', async () => {
    const message = plain();
    message.sent();
    expect(await message.settled).toEqual({ outcome: 'handed-over' });
  });
});

describe('a message whose line goes', () => {
  it('is unknown when it was sent, else rejected as closed', async () => {
    const [sent, waiting] = [toChat(), toChat()];
    sent.sent();
    sent.abandon();
    waiting.abandon();
    expect(await sent.settled).toEqual({ outcome: 'unknown' });
    expect(await waiting.settled).toMatchObject({
      outcome: 'rejected',
      reason: { code: 'closed' },
    });
  });
});
