import type { Broker, Position } from '../../../js/src/server/broker.js';
import { payloadOf } from './payload.js';

/** What a test of the contract may do to a broker. */
export interface ContractBroker {
  readonly broker: Broker;
  /** One more process of the same broker; the same object where there is only one. */
  readonly other: Broker;
  /** Lets go of all it holds. */
  end(): void | Promise<void>;
}

/** A name that was never used before. */
export type Fresh = (word: string) => string;

export async function publishAll(broker: Broker, stream: string, values: readonly unknown[]) {
  const positions: Position[] = [];
  for (const value of values) positions.push(await broker.publish(stream, payloadOf(value)));
  return positions;
}
