export type { Sendable } from './core/byteLength.js';
export type { Outage } from './core/core.js';
export type { Match } from './core/coreStates.js';
export type { Publications } from './core/coreStreams.js';
export type { SendReceipt } from './core/line.js';
export type {
  Denial,
  Eviction,
  LineCallbacks,
  LineDrop,
  Resync,
  StreamName,
} from './core/lineCallbacks.js';
export {
  type AnyLineDefinition,
  type DefinitionOptions,
  defineLine,
  type LineDefinition,
} from './core/lineDefinition.js';
export type {
  AuthOptions,
  BudgetOptions,
  HeartbeatOptions,
  LineOptions,
  QueueOptions,
  ReconnectOptions,
} from './core/lineOptions.js';
export type { LineUrl } from './core/lineUrl.js';
export type { StateFrom } from './core/liveState.js';
export { type CoreSource, preload } from './core/loadCore.js';
export { type LineReceipt, type OpenedLine, openLine } from './core/openedLine.js';
export { OpenlineError, type OpenlineErrorCode } from './core/openlineError.js';
export type { From, Position } from './core/position.js';
export type { Settlement } from './core/settlement.js';
export type { DropNotice } from './core/socketSession.js';
export {
  collection,
  document,
  type FamilyDefinition,
  latest,
  log,
  messages,
  reduce,
  type StateDefinition,
  type StateDefinitions,
} from './core/stateDefinition.js';
export type {
  CollectionOptions,
  DocumentOptions,
  LatestOptions,
  LogOptions,
  MessageOptions,
} from './core/stateOptions.js';
export type { RowsRef, StateKind, StateRef, StreamRef } from './core/stateRef.js';
export { type FailureReason, ReadyState, type Status } from './core/status.js';
export type { StreamListener, StreamReader, StreamStatus } from './core/streamReader.js';
export { type WritableOptions, writable } from './core/writable.js';
