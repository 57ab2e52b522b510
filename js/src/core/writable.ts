import { checkedNumber, wrong } from './checkedOption.js';
import { afterThisTask } from './host.js';

/** When a writer has to wait, and when it may go on. */
export interface WritableOptions {
  /** Bytes from which on it waits. @default 524_288, half of what a queue holds by default */
  highWaterMark?: number | undefined;
  /** Bytes down to which they must have fallen then. @default a quarter of `highWaterMark` */
  lowWaterMark?: number | undefined;
  /** Ends the waiting: the promise rejects with its reason. @default none */
  signal?: AbortSignal | undefined;
}

/** A WebSocket has no event for its bufferedAmount. */
const LOOK_EVERY_MS = 10;
const BYTES_MAX = 1_073_741_824;

/**
 * Resolves when a writer may go on: at once while `bufferedAmount` is below `highWaterMark`, else
 * when it has fallen to `lowWaterMark`. It is for whatever has a `bufferedAmount`: a
 * `ResilientWebSocket`, what `getWebSocket()` of `useWebSocket` gives, a line of `openLine`, a
 * WebSocket. Without a connection it waits, as what is sent does, and makes none. How many messages
 * wait does not count here. In a hidden page it looks less often: timers are held back there.
 *
 * Rejects with a `TypeError` for an option of the wrong type or out of range.
 *
 * ```ts
 * for (const chunk of chunks) {
 *   await writable(socket);
 *   socket.send(chunk);
 * }
 * ```
 */
export async function writable(
  socket: { readonly bufferedAmount: number },
  options: WritableOptions = {},
): Promise<void> {
  const { signal } = options;
  const bytes = (name: 'highWaterMark' | 'lowWaterMark', standard: number, min: number) =>
    checkedNumber({ name, standard, unit: 'bytes', min, max: BYTES_MAX }, options[name]);
  const high = bytes('highWaterMark', 524_288, 1);
  const low = bytes('lowWaterMark', Math.floor(high / 4), 0);
  if (low >= high) throw wrong('lowWaterMark', `below highWaterMark, ${high}`, low);
  signal?.throwIfAborted();
  if (socket.bufferedAmount < high) return;
  while (socket.bufferedAmount > low) await pause(signal);
}

/** A moment. Rejects as soon as the signal says so. */
function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const stop = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = afterThisTask(end, LOOK_EVERY_MS);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
