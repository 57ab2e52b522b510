export type {
  ResilientWebSocketOptions,
  SocketDrop,
} from './core/resilientOptions.js';
export type { ProtocolsProvider, UrlProvider } from './core/resilientState.js';
export { ResilientWebSocket, ResilientWebSocket as default } from './core/resilientWebSocket.js';
export { type WritableOptions, writable } from './core/writable.js';
