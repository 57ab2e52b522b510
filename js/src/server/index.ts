export type { UpgradeSource } from './attaching.js';
export type {
  Broker,
  BrokerPublishOptions,
  Entry,
  History,
  Origin,
  Position,
  Signal,
  StreamListener,
} from './broker.js';
export type { CounterValues } from './counters.js';
export { createLineServer, lineServer } from './createLineServer.js';
export type { FailedPart, LineServerEvent } from './events.js';
export type {
  Access,
  Message,
  PublishFunction,
  PublishOptions,
  Recheck,
} from './handlers.js';
export type { LineServerLimits } from './limits.js';
export type { CloseOptions, LineServer, Snapshot } from './lineServer.js';
export { memoryBroker } from './memoryBroker.js';
export type { LineServerOptions } from './options.js';
export type { AllowedOrigins } from './origin.js';
export { Reject } from './reject.js';
export type { HistoryOptions } from './streamHistory.js';
