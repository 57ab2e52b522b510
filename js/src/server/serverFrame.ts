import type { Position } from './broker.js';

/** How a subscription was answered. */
export type StreamAnswer =
  | readonly [stream: string, index: number, epoch: string, top: number, recovered: boolean]
  | readonly [stream: string, index: null, code: number, text: string];

export interface Welcome {
  readonly hb: number;
  readonly idle: number;
  readonly max: number;
  readonly win: number;
  readonly ack: number;
  readonly s: readonly StreamAnswer[];
}

/** The text frames of a server, as PROTOCOL.md has them. */
export const serverFrame = {
  welcome: (welcome: Welcome) => JSON.stringify([1, { v: 1, ...welcome }]),
  ack: (seq: number) => `[3,${seq}]`,
  nack: (seq: number, code: number, text: string) => JSON.stringify([4, seq, code, text]),
  subscribed: (answer: StreamAnswer) => JSON.stringify([5, ...answer]),
  /** A subscription has ended, unasked: it must not be taken for the answer to a SUBSCRIBE. */
  ended: (stream: string, code: number, text: string) =>
    JSON.stringify([5, stream, null, code, text, true]),
  resync: (index: number, [epoch, top]: Position) => JSON.stringify([6, index, epoch, top]),
  goaway: ({ code, reason, afterMs, spreadMs }: GoAway) =>
    JSON.stringify([8, code, reason, afterMs, spreadMs]),
  heartbeat: (ack: number) => `[9,${ack}]`,
  /** `value` is JSON. */
  reply: (seq: number, value: string) => `[10,${seq},${value}]`,
} as const;

export interface GoAway {
  readonly code: number;
  readonly reason: string;
  readonly afterMs: number;
  readonly spreadMs: number;
}
