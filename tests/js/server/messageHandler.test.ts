import { describe, expect, it, vi } from 'vitest';
import type { Context } from '../../../js/src/server/context.js';
import { Counters } from '../../../js/src/server/counters.js';
import type { Message } from '../../../js/src/server/handlers.js';
import { resolveLimits } from '../../../js/src/server/limits.js';
import { handleMessage } from '../../../js/src/server/messageHandler.js';
import { Reject } from '../../../js/src/server/reject.js';

type Handler = (message: Message<unknown>) => unknown;

const message = {
  user: { id: 'ada' },
  userId: 'ada',
  stream: 'chat',
  value: 'hi',
  tooDeep: false,
  origin: { client: 'c', seq: 4 },
};

function context(onMessage: Handler | undefined, authorize = vi.fn(() => true)) {
  const published = vi.fn((): unknown => ['e1', 1]);
  const onEvent = vi.fn();
  const made = {
    counters: new Counters(),
    handlers: { authenticate: () => null, authorize, onMessage, onEvent },
    hub: { publish: published },
    settings: { limits: resolveLimits() },
  };
  return { context: made as unknown as Context, published, onEvent, authorize };
}

const rejected = (code: number, text: string) => ({ kind: 'rejected', code, text });

describe('handleMessage', () => {
  it('hands the message over once it is allowed', async () => {
    const onMessage = vi.fn<Handler>(({ reply }) => {
      reply(1);
      reply({ a: 2 });
    });
    const made = context(onMessage);
    expect(await handleMessage(made.context, message)).toEqual({ kind: 'done', reply: '{"a":2}' });
    expect(made.authorize).toHaveBeenCalledExactlyOnceWith({ id: 'ada' }, 'chat', 'write');
    expect(onMessage.mock.calls[0]?.[0]).toMatchObject({
      user: { id: 'ada' },
      stream: 'chat',
      message: 'hi',
    });
  });

  it('refuses what is not allowed, too deep, or for nobody', async () => {
    const onMessage = vi.fn();
    const denied = context(
      onMessage,
      vi.fn(() => false),
    );
    expect(await handleMessage(denied.context, message)).toEqual(rejected(4403, 'not allowed'));
    const deep = { ...message, tooDeep: true };
    const { context: made } = context(onMessage);
    expect(await handleMessage(made, deep)).toEqual(rejected(4400, 'nested too deeply'));
    const { context: deaf } = context(undefined);
    expect(await handleMessage(deaf, message)).toMatchObject({ kind: 'rejected', code: 4404 });
    expect(onMessage).not.toHaveBeenCalled();
  });

  it('tells a rejection from a failure', async () => {
    const rejects = context(async () => {
      throw new Reject(17, 'no');
    });
    expect(await handleMessage(rejects.context, message)).toEqual(rejected(17, 'no'));
    expect(rejects.onEvent).not.toHaveBeenCalled();
    for (const thrown of [new Error('x'), 'x', null, undefined]) {
      const fails = context(() => {
        throw thrown;
      });
      expect(await handleMessage(fails.context, message)).toEqual({ kind: 'failed' });
      expect(fails.onEvent.mock.calls[0]?.[0]).toMatchObject({ during: 'onMessage', user: 'ada' });
    }
    const unsure = context(
      vi.fn(),
      vi.fn(() => {
        throw new Error('no database');
      }),
    );
    expect(await handleMessage(unsure.context, message)).toEqual({ kind: 'failed' });
  });

  it('numbers what is published, and waits for it', async () => {
    const settle: ((position: unknown) => void)[] = [];
    const made = context(({ publish }) => {
      publish('a', 1, { key: 'k' });
      publish('b', 2);
    });
    made.published.mockImplementation(() => new Promise((resolve) => settle.push(resolve)));
    const outcome = vi.fn();
    const handled = handleMessage(made.context, message).then(outcome);
    await vi.waitFor(() => expect(settle).toHaveLength(2));
    const options = made.published.mock.calls.map((call: unknown[]) => call[2]);
    expect(options).toEqual([
      { key: 'k', origin: { client: 'c', seq: 4, ordinal: 1 } },
      { key: undefined, origin: { client: 'c', seq: 4, ordinal: 2 } },
    ]);
    settle[0]?.(['e1', 1]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(outcome).not.toHaveBeenCalled();
    settle[1]?.(['e1', 1]);
    await handled;
    expect(outcome).toHaveBeenCalledExactlyOnceWith({ kind: 'done', reply: null });
  });

  it('fails where what it published, awaited or not, fails', async () => {
    const made = context(({ publish }) => void publish('a', 1));
    made.published.mockImplementation(() => Promise.reject(new Error('no network')));
    expect(await handleMessage(made.context, message)).toEqual({ kind: 'failed' });
  });

  it('publishes nothing for a message that is over', async () => {
    let late: Message<unknown>['publish'] | undefined;
    const made = context(({ publish }) => {
      late = publish;
    });
    await handleMessage(made.context, message);
    expect(() => late?.('a', 1)).toThrow(/has been handled; publish with lines.publish/);
    expect(made.published).not.toHaveBeenCalled();
  });

  it('fails where a reply is no JSON', async () => {
    const { context: made, onEvent } = context(({ reply }) => reply(undefined));
    expect(await handleMessage(made, message)).toEqual({ kind: 'failed' });
    expect(String(onEvent.mock.calls[0]?.[0].error)).toContain('a reply is undefined');
  });
});
