import type { Connection } from './connection.js';
import { type Context, fail, mayAccess } from './context.js';
import { userName } from './userName.js';

/**
 * Asks again whether a connection is still its user's, and whether that user may still read what it
 * is subscribed to. What the application throws leaves everything as it is: a session store that is
 * down must not end every session.
 */
export async function recheck(connection: Connection): Promise<void> {
  try {
    if (!(await isStillHere(connection))) {
      connection.close(4401, 'no longer authenticated');
      return;
    }
    for (const stream of [...connection.streams]) {
      if (connection.isClosing) return;
      await recheckStream(connection, stream);
    }
  } catch (error) {
    fail(connection.context, 'recheck', error, { user: connection.userId });
  }
}

async function isStillHere(connection: Connection): Promise<boolean> {
  const { context, headers, user, userId } = connection;
  if (!context.handlers.recheck || !headers) return true;
  const found = await context.handlers.recheck({ user, headers });
  if (!isSomebody(found) || userName(context.handlers, found) !== userId) return false;
  connection.user = found;
  return true;
}

async function recheckStream(connection: Connection, stream: string): Promise<void> {
  const { context, user } = connection;
  const allowed = await mayAccess(context, user, stream, 'read');
  if (!allowed && connection.streams.has(stream)) connection.refuseStream(stream);
}

/** When a connection is checked next: spread out, so that those who came together go apart. */
export function nextRecheckAt({ settings }: Context, at: number): number {
  return at + settings.recheckMs * (0.75 + 0.25 * Math.random());
}

/** Whether `authenticate` found anybody. */
export function isSomebody(user: unknown): boolean {
  return user !== null && user !== undefined && user !== false && user !== '';
}
