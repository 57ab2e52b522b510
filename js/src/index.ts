export type { Sendable } from './core/byteLength.js';
export type { Outage } from './core/core.js';
export type { SendReceipt } from './core/line.js';
export type {
  AuthOptions,
  BudgetOptions,
  HeartbeatOptions,
  LineOptions,
  QueueOptions,
  ReconnectOptions,
} from './core/lineOptions.js';
export type { LineUrl } from './core/lineUrl.js';
export { type CoreSource, preload } from './core/loadCore.js';
export { OpenlineError, type OpenlineErrorCode } from './core/openlineError.js';
export type { DropNotice } from './core/socketSession.js';
export { type FailureReason, ReadyState, type Status } from './core/status.js';
