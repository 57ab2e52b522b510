import type { Position } from './broker.js';
import type { StreamRequest } from './clientFrame.js';
import type { Connection } from './connection.js';
import { fail, mayAccess } from './context.js';
import type { Joined } from './hub.js';
import type { StreamAnswer } from './serverFrame.js';

/** A subscription as it is answered; `start` is to be called when the answer is out. */
export interface Answered {
  /** As it is when it is read: a grant may be taken back while other answers are waited for. */
  readonly answer: StreamAnswer;
  readonly start: () => void;
}

/**
 * Subscribes to each stream that the user may read, in this order. Positions are looked at only
 * after that. A stream that is named again is subscribed to once, after the position that was named
 * last, and has this answer in each place. null: the connection is closing, or has been closed
 * because something failed.
 */
export async function subscribe(
  connection: Connection,
  requests: readonly StreamRequest[],
): Promise<readonly Answered[] | null> {
  const distinct = [...new Map(requests.map((request) => [request.stream, request])).values()];
  const allowed = await authorised(connection, distinct);
  if (!allowed || connection.isClosing) return null;
  try {
    const joining = distinct.map(async ({ stream, from }, i) => {
      if (allowed[i]) return join(connection, stream, from);
      connection.unsubscribe(stream); // what was allowed before is not any more
      return refused(stream, 4403, 'not allowed');
    });
    const answered = await Promise.all(joining);
    if (!connection.isClosing) return inPlace(connection, requests, answered);
    connection.context.hub.leaveAll(connection);
  } catch (error) {
    failed(connection, 'broker', error);
  }
  return null;
}

function inPlace(
  { streams }: Connection,
  requests: readonly StreamRequest[],
  answered: readonly Answered[],
): readonly Answered[] {
  const byStream = new Map(answered.map((each) => [each.answer[0], each]));
  return requests.map(({ stream }) => {
    const found = byStream.get(stream) ?? refused(stream, 4403, 'not allowed');
    return {
      get answer(): StreamAnswer {
        // Taking a grant back has ended the subscription.
        const isEnded = found.answer[1] !== null && !streams.has(stream);
        return isEnded ? [stream, null, 4403, 'not allowed'] : found.answer;
      },
      start: found.start,
    };
  });
}

async function authorised(
  connection: Connection,
  requests: readonly StreamRequest[],
): Promise<readonly boolean[] | null> {
  const { context, user } = connection;
  try {
    return await Promise.all(
      requests.map(({ stream }) => mayAccess(context, user, stream, 'read')),
    );
  } catch (error) {
    failed(connection, 'authorize', error);
    return null;
  }
}

function failed(connection: Connection, during: 'authorize' | 'broker', error: unknown): void {
  fail(connection.context, during, error, { user: connection.userId });
  connection.close(4500, 'a subscription failed');
}

async function join(
  connection: Connection,
  stream: string,
  from: Position | null,
): Promise<Answered> {
  const { context, streams, userId } = connection;
  const { streamsPerConnection } = context.settings.limits;
  if (!streams.has(stream)) {
    if (streams.size >= streamsPerConnection) {
      return refused(stream, 4429, `more than ${streamsPerConnection} streams`);
    }
    // Before the broker is asked: what follows in the same turn must be counted as well.
    streams.add(stream);
    context.counters.subscriptions += 1;
    context.presence.attend(stream, userId, 1);
  }
  const found = await context.hub.join(connection, stream, from);
  if (!found.recovered) context.counters.resyncs += 1;
  return joined(stream, found);
}

function joined(stream: string, { index, epoch, top, recovered, start }: Joined): Answered {
  return { answer: [stream, index, epoch, top, recovered], start };
}

function refused(stream: string, code: number, text: string): Answered {
  return { answer: [stream, null, code, text], start: () => {} };
}
