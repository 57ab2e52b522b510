'use client';

export { ReadyState } from '../core/status.js';
export type { SocketControls } from './socketControls.js';
export {
  type UseWebSocketResult,
  useWebSocket,
  useWebSocket as default,
} from './useWebSocket.js';
export type { UseWebSocketOptions } from './useWebSocketOptions.js';
