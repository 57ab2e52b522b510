import { type Mix, messageAt } from './mixedMessages.js';

const BUFFERED_BYTES_MAX = 8 * 1024 * 1024;
const UNDERWAY_MAX = 500;
const STALL_MS = 20_000;
const LOOK_AGAIN_MS = 5;

export interface EchoOutcome {
  readonly arrived: number;
  /** The first few messages that came back otherwise than they went out, and why. */
  readonly faults: readonly string[];
  readonly bufferedMost: number;
  /** How many came as text, ArrayBuffer and Blob. */
  readonly kinds: Record<string, number>;
}

/**
 * Sends `count` mixed messages and compares each that comes back, in the order of arrival, with
 * what was sent. Ends when all are back, or none came for a while.
 */
export async function echo(socket: WebSocket, count: number, mix: Mix): Promise<EchoOutcome> {
  const faults: string[] = [];
  const kinds: Record<string, number> = {};
  let arrived = 0;
  let bufferedMost = 0;
  let compared: Promise<unknown> = Promise.resolve();
  let lastArrival = performance.now();
  let wake = () => {};

  const take = ({ data }: MessageEvent) => {
    const index = arrived++;
    lastArrival = performance.now();
    const kind = typeof data === 'string' ? 'text' : data.constructor.name;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    compared = compared.then(async () => {
      const fault = await compare(data, messageAt(index, mix).expected);
      if (fault !== null && faults.length < 5) faults.push(`message ${index}: ${fault}`);
    });
    wake();
  };
  // bufferedAmount has no event, so besides arrivals a timer lets the loops look again.
  const moved = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, LOOK_AGAIN_MS);
    });
  const isStalled = () => performance.now() - lastArrival > STALL_MS;

  socket.addEventListener('message', take);
  for (let index = 0; index < count; index++) {
    while (index - arrived >= UNDERWAY_MAX || socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      if (isStalled()) return { arrived, faults, bufferedMost, kinds };
      await moved();
    }
    socket.send(messageAt(index, mix).value as string);
    bufferedMost = Math.max(bufferedMost, socket.bufferedAmount);
  }
  while (arrived < count && !isStalled()) await moved();
  socket.removeEventListener('message', take);
  await compared;
  return { arrived, faults, bufferedMost, kinds };
}

async function compare(got: unknown, expected: string | Uint8Array): Promise<string | null> {
  if (typeof expected === 'string') {
    if (got === expected) return null;
    return `a text of ${expected.length} units is ${describe(got)}`;
  }
  const buffer = got instanceof Blob ? await got.arrayBuffer() : got;
  if (!(buffer instanceof ArrayBuffer)) return `${expected.length} bytes are ${describe(got)}`;
  const bytes = new Uint8Array(buffer);
  if (bytes.length !== expected.length) return `${expected.length} bytes are ${bytes.length}`;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== expected[i]) return `byte ${i} of ${expected.length} has changed`;
  }
  return null;
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? `another, of ${value.length}`
    : Object.prototype.toString.call(value);
}
