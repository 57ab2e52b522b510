import type { Sendable } from '../core/byteLength.js';
import type { SocketControls } from './socketControls.js';
import type { UseWebSocketResult } from './useWebSocket.js';
import type { UseWebSocketOptions } from './useWebSocketOptions.js';

// What react-use-websocket's users import as types, under its names.

/** Options of `useWebSocket`. */
export type Options = UseWebSocketOptions;
/** What is appended to the query of the URL. */
export type QueryParams = NonNullable<UseWebSocketOptions['queryParams']>;
/** Sends a message, or queues it while the line is not open. */
export type SendMessage = SocketControls['sendMessage'];
/** Sends a value as JSON, or queues it while the line is not open. */
export type SendJsonMessage = SocketControls['sendJsonMessage'];
/** What `useWebSocket` returns. */
export type WebSocketHook<T = unknown> = UseWebSocketResult<T>;
/** What `getWebSocket()` gives: the line, in the shape of a WebSocket. */
export type WebSocketLike = WebSocket;
/** What a WebSocket sends: text, bytes or a Blob. */
export type WebSocketMessage = Sendable;
