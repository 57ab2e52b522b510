'use client';

import { useEffect, useInsertionEffect, useRef, useState, useSyncExternalStore } from 'react';
import { wrong } from '../core/checkedOption.js';
import type { LineUrl } from '../core/lineUrl.js';
import { startLoading } from '../core/loadCore.js';
import { type SessionSnapshot, SocketSession } from '../core/socketSession.js';
import { type ReadyState, readyStateOf } from '../core/status.js';
import { parseJson } from './parseJson.js';
import { type SocketControls, socketControls } from './socketControls.js';
import { configOf, type SocketConfig, type UseWebSocketOptions } from './useWebSocketOptions.js';

/** What the hook knows of the line, and what can be done with it. */
export interface UseWebSocketResult<T>
  extends SocketControls,
    Omit<SessionSnapshot, 'lastMessage'> {
  /**
   * The newest message. It advances through every message: one at a time, each in a render of its
   * own, so that an effect on it sees them all. For high rates use `onMessage`.
   */
  readonly lastMessage: MessageEvent | null;
  /**
   * `lastMessage.data` parsed; `{}` for what is no JSON; null before the first or with
   * `disableJson`.
   */
  readonly lastJsonMessage: T;
  /** WHATWG `readyState`; -1 without a URL or when not to connect. While waiting it is CLOSED. */
  readonly readyState: ReadyState;
}

interface Latest {
  session: SocketSession;
  url: LineUrl | null;
  options: UseWebSocketOptions;
}

/**
 * Keeps a WebSocket line open while the component is mounted, and heals it. react-use-websocket's
 * names and meanings; reconnection is on.
 *
 * The line opens on mount and closes (1000) on unmount. Another URL, other `protocols`,
 * `queryParams` or limits make another line, which begins with an empty queue; callbacks and a URL
 * function may change with every render. On a server nothing is opened.
 *
 * @param url where to; a path means the page's own origin, a function is asked for each attempt,
 *   null means not yet
 * @param connect false keeps the line closed
 * @throws TypeError for an option of the wrong type or out of range
 */
export function useWebSocket<T = unknown>(
  url: LineUrl | null,
  options: UseWebSocketOptions = {},
  connect = true,
): UseWebSocketResult<T> {
  if (url !== null && typeof url !== 'string' && typeof url !== 'function') {
    throw wrong('the URL', 'a string, a function or null', url);
  }
  const config = configOf(url, options);
  const { key } = config;
  const isOn = url !== null && connect;

  const latest = useRef<Latest | null>(null);
  const [held, hold] = useState(() => ({ key, session: sessionFor(latest, config) }));
  let { session } = held;
  if (held.key !== key) {
    session = sessionFor(latest, config);
    hold({ key, session });
  }
  // From then on the line loads it: after a failure when asked to, not with every render.
  if (isOn && session.getSnapshot().status === 'idle') startLoading();
  const [controls] = useState(() => socketControls(() => latest.current));

  useInsertionEffect(() => {
    latest.current = { session, url, options };
    return () => {
      latest.current = null;
    };
  });
  useEffect(() => {
    if (!isOn) return;
    session.acquire();
    return () => {
      // Perhaps mounted again in this task (StrictMode); or unmounted or replaced for good.
      if (latest.current?.session === session) session.release();
      else session.discard();
    };
  }, [session, isOn]);

  const snapshot = useSyncExternalStore(
    session.subscribe,
    session.getSnapshot,
    session.getSnapshot,
  );
  const { lastMessage, ...known } = snapshot;
  return {
    ...controls,
    ...known,
    readyState: isOn ? readyStateOf(snapshot.status) : -1,
    get lastMessage() {
      session.watchMessages();
      return lastMessage;
    },
    get lastJsonMessage() {
      if (options.disableJson) return null as T;
      session.watchMessages();
      return (lastMessage && parseJson(lastMessage)) as T;
    },
  };
}

/**
 * A session to one place, whose callbacks (and URL function) are always those of the newest render.
 */
function sessionFor(
  latest: { readonly current: Latest | null },
  { line, fixedUrl, query, shareKey }: SocketConfig,
): SocketSession {
  // Replaced by another line or unmounted, but not let go yet: there is nobody to tell any more.
  const options = () => (latest.current?.session === session ? latest.current.options : {});
  const url = () => fixedUrl ?? askedUrl(latest.current);
  const session: SocketSession = new SocketSession({ url, options, query }, line, shareKey);
  return session;
}

/** A function, or the line is on its way out and must not ask for another one's place. */
function askedUrl(latest: Latest | null): LineUrl {
  if (typeof latest?.url !== 'function') throw new Error('the component has another URL now');
  return latest.url;
}
