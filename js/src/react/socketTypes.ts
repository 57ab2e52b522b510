import type { Sendable } from '../core/byteLength.js';
import type { SocketControls } from './socketControls.js';
import type { UseWebSocketResult } from './useWebSocket.js';
import type { UseWebSocketOptions } from './useWebSocketOptions.js';

// What react-use-websocket's users import as types, under its names.

/** Options of `useWebSocket`. */
export type Options = UseWebSocketOptions;
export type QueryParams = NonNullable<UseWebSocketOptions['queryParams']>;
export type SendMessage = SocketControls['sendMessage'];
export type SendJsonMessage = SocketControls['sendJsonMessage'];
/** What `useWebSocket` returns. */
export type WebSocketHook<T = unknown> = UseWebSocketResult<T>;
export type WebSocketLike = WebSocket;
export type WebSocketMessage = Sendable;
