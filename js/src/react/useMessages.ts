'use client';

import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react';
import type { Publications } from '../core/coreStreams.js';
import { type From, positionOf } from '../core/position.js';
import type { StreamRef } from '../core/stateRef.js';
import type { StreamStatus } from '../core/streamReader.js';
import { lineFor } from './lineFor.js';
import { MessageReading } from './messageReading.js';

/** Options of `useMessages`. */
export interface UseMessagesOptions {
  /**
   * What `lines.snapshot()` gave on the server: the first messages are those published after it.
   * After a resync the stream goes on once this is a newer one; at any other time a change of it is
   * ignored. Without a stream there is no position to go on from, and it is ignored as well.
   * @default from now on
   */
  from?: From | null | undefined;
}

/** What `useMessages` answers. */
export interface UseMessagesResult {
  /**
   * `idle` without a member, while rendering on a server and before mount. On a line without
   * streams: `live` while it is open, else `subscribing`.
   */
  readonly status: StreamStatus;
}

/**
 * Is called with what came in.
 *
 * @param batch what came in, of which these are the messages that concern the member: `epoch` and
 *   `last` say where the stream stands after them. On a line without streams it is one message, and
 *   the epoch is empty
 */
export type MessagesHandler<T> = (messages: readonly T[], batch: Publications<T>) => void;

/**
 * Calls `handler` with every message that concerns a member of a line, in order, none left out. Of
 * a stream also those that were published while the connection was lost, as far as the server's
 * history reaches. What `match` of the member lets through counts, and of it what `value` names,
 * whether or not the member keeps it; rows of a batch come one by one. Messages that arrived
 * together come together. The handler of the newest render is called; what it throws reaches the
 * page and nobody else. All readers of a batch get the same objects.
 *
 * It subscribes on mount and unsubscribes `lingerMs` after the last component that reads the stream
 * has gone. It opens the line as `useLine` does.
 *
 * @param stream a member of a definition; null: none yet
 * @throws TypeError for a `from` that is no snapshot
 */
export function useMessages<T>(
  stream: StreamRef<T> | null,
  handler: MessagesHandler<T>,
  { from }: UseMessagesOptions = {},
): UseMessagesResult {
  const line = stream === null ? null : lineFor(stream.line);
  const [epoch, offset] = positionOf(from) ?? [];

  // A state and not a memo, which React may drop: messages that were handled would come again.
  const [kept, keep] = useState(() => new MessageReading<T>(line, stream));
  const reading = kept.isOf(line, stream) ? kept : new MessageReading<T>(line, stream);
  if (reading !== kept) keep(reading);
  useInsertionEffect(() => {
    reading.render(handler, positionOf(from));
    return () => reading.render(null, null);
  });
  const status = useSyncExternalStore(reading.subscribe, reading.getStatus, idle);
  // Also when a gap shows: a snapshot that has come before it may be new enough.
  useEffect(() => {
    const isGiven = epoch !== undefined && offset !== undefined;
    if (isGiven && status !== 'idle') reading.renew([epoch, offset]);
  }, [reading, status, epoch, offset]);
  return { status };
}

function idle(): StreamStatus {
  return 'idle';
}
