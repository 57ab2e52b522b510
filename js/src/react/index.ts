'use client';

export { ReadyState } from '../core/status.js';
export type { LineControls } from './lineControls.js';
export type { SocketControls } from './socketControls.js';
export { type UseLineResult, useLine } from './useLine.js';
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
export type { UseWebSocketOptions } from './useWebSocketOptions.js';
