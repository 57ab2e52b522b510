import { isSendable } from './byteLength.js';
import { wrong } from './checkedOption.js';
import type { HeartbeatOptions } from './lineOptions.js';

/**
 * What `heartbeat` asks for, without its times; undefined: none.
 *
 * @throws TypeError when something in it is of the wrong type
 */
export function checkedHeartbeat(value: unknown): HeartbeatOptions | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return {};
  if (typeof value !== 'object' || value === null) {
    throw wrong('heartbeat', 'true, false or an object', value);
  }
  const { message, returnMessage } = value as HeartbeatOptions;
  checkSaid('heartbeat.message', message);
  if (returnMessage !== undefined && !/string|function/.test(typeof returnMessage)) {
    throw wrong('heartbeat.returnMessage', 'a string or a function', returnMessage);
  }
  return value;
}

/** @throws TypeError for what neither is a message nor gives one. */
export function checkSaid(name: string, said: unknown): void {
  if (said !== undefined && typeof said !== 'function' && !isSendable(said)) {
    throw wrong(name, 'a message or a function', said);
  }
}
