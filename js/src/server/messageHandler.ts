import type { Position } from './broker.js';
import { type Context, fail, mayAccess, publish } from './context.js';
import type { PublishOptions } from './handlers.js';
import { isDeeper, jsonText } from './jsonText.js';
import { isReject } from './reject.js';

/** How a message ended. `reply` is JSON. */
export type Outcome =
  | { readonly kind: 'done'; readonly reply: string | null }
  | { readonly kind: 'rejected'; readonly code: number; readonly text: string }
  | { readonly kind: 'failed' };

export interface IncomingMessage {
  readonly user: unknown;
  readonly userId: string;
  readonly stream: string;
  readonly value: unknown;
  readonly tooDeep: boolean;
  /** Which message of which client: null for a plain client, whose messages have no number. */
  readonly origin: { readonly client: string; readonly seq: number } | null;
}

/** Authorises and handles one message; never rejects. */
export async function handleMessage(context: Context, message: IncomingMessage): Promise<Outcome> {
  const { stream, userId } = message;
  const refusal = await refusalOf(context, message).catch((error: unknown) => {
    fail(context, 'authorize', error, { user: userId, stream });
    return { kind: 'failed' } as const;
  });
  return refusal ?? run(context, message);
}

async function refusalOf(context: Context, message: IncomingMessage): Promise<Outcome | null> {
  if (message.tooDeep) return rejected(4400, 'nested too deeply');
  if (!context.handlers.onMessage) return rejected(4404, 'this server takes no messages');
  const allowed = await mayAccess(context, message.user, message.stream, 'write');
  return allowed ? null : rejected(4403, 'not allowed');
}

async function run(context: Context, message: IncomingMessage): Promise<Outcome> {
  const { user, userId, stream, value } = message;
  const published = new MessagePublications(context, message);
  let reply: string | null = null;
  try {
    await context.handlers.onMessage?.({
      user,
      stream,
      message: value,
      publish: (to, what, options) => published.publish(to, what, options),
      reply: (answer) => {
        reply = replyText(answer);
      },
    });
    await published.settled();
    return { kind: 'done', reply };
  } catch (error) {
    if (isReject(error)) return rejected(error.code, error.text);
    fail(context, 'onMessage', error, { user: userId, stream });
    return { kind: 'failed' };
  } finally {
    published.end();
  }
}

/** A frame of the server nests 64 levels at most, and the reply is within its array. */
const REPLY_DEPTH_MAX = 63;

function replyText(answer: unknown): string {
  const text = jsonText(answer, 'a reply');
  if (!isDeeper(text, REPLY_DEPTH_MAX)) return text;
  throw new TypeError('openline: a reply is nested more than 63 levels deep; answer less of it');
}

function rejected(code: number, text: string): Outcome {
  return { kind: 'rejected', code, text };
}

/** What one message publishes: numbered, so that handling it again publishes nothing twice. */
class MessagePublications {
  private readonly context: Context;
  private readonly message: IncomingMessage;
  private readonly pending: Promise<unknown>[] = [];
  private ordinal = 0;
  private isOver = false;

  constructor(context: Context, message: IncomingMessage) {
    this.context = context;
    this.message = message;
  }

  publish(stream: string, value: unknown, options?: PublishOptions): Position | Promise<Position> {
    if (this.isOver) {
      throw new Error('openline: this message has been handled; publish with lines.publish');
    }
    const { origin } = this.message;
    this.ordinal += 1;
    const position = publish(this.context, {
      ...options,
      stream,
      value,
      origin: origin ? { ...origin, ordinal: this.ordinal } : undefined,
    });
    if (position instanceof Promise) {
      // Who does not await it gets the failure through `settled`, not as an unhandled one.
      position.catch(() => {});
      this.pending.push(position);
    }
    return position;
  }

  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  end(): void {
    this.isOver = true;
  }
}
