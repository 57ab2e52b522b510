'use client';

export { ReadyState } from '../core/status.js';
export type { LineControls } from './lineControls.js';
export type { SelectOptions } from './selection.js';
export type { SocketControls } from './socketControls.js';
export type {
  Options,
  QueryParams,
  SendJsonMessage,
  SendMessage,
  WebSocketHook,
  WebSocketLike,
  WebSocketMessage,
} from './socketTypes.js';
export { type UseLineResult, useLine } from './useLine.js';
export { type UseLiveOptions, useLive } from './useLive.js';
export { type UseLiveKeysOptions, useLiveKeys } from './useLiveKeys.js';
export { type UseLiveRowOptions, useLiveRow } from './useLiveRow.js';
export {
  type MessagesHandler,
  type UseMessagesOptions,
  type UseMessagesResult,
  useMessages,
} from './useMessages.js';
export {
  type UseWebSocketResult,
  useWebSocket,
  useWebSocket as default,
} from './useWebSocket.js';
export type { SocketHeartbeatOptions, UseWebSocketOptions } from './useWebSocketOptions.js';
