import type { LineUrl } from '../../../js/src/core/lineUrl.js';
import type { UseWebSocketOptions } from '../../../js/src/react/index.js';
import type { Heard, Payload, Reaction } from './actions.js';
import type { LineWorld } from './lineWorld.js';

export const BUDGET_WINDOW_MS = 10_000;
const MESSAGE_BYTES_MAX = 20;

/** The options of the component: what it wants, and what it notes of what it is told. */
export function optionsOf(world: LineWorld, refresh: () => Promise<void>): UseWebSocketOptions {
  const { manner } = world;
  const reply = manner.heartbeat === 'reply' ? { returnMessage: 'pong' } : {};
  const { maxMessages, maxBytes, ttlMs, overflow } = manner;
  return {
    heartbeat: manner.heartbeat !== 'none' && { intervalMs: 2_000, timeoutMs: 1_000, ...reply },
    ...(manner.hello ? { hello: () => 'hello' } : {}),
    ...(manner.refresh === 'none' ? {} : { auth: { refresh } }),
    hidden: manner.hidden,
    hiddenAfterMs: 4_000,
    messageBytesMax: MESSAGE_BYTES_MAX,
    reconnect: {
      attempts: manner.attempts,
      budget: { attempts: manner.budget, windowMs: BUDGET_WINDOW_MS },
    },
    queue: { maxMessages, maxBytes, ttlMs, overflow },
    onOpen: () => react(world, 'open'),
    onMessage: ({ data }) => {
      world.hearing = world.ledger;
      if (data !== 'pong') world.ledger.heard.push(data);
      react(world, 'message');
    },
    onError: () => react(world, 'error'),
    onClose: () => react(world, 'close'),
    onOutage: ({ downMs, unconfirmed }) => {
      world.claim(downMs >= 0, `down for ${downMs} ms`);
      const { lost } = world.ledger;
      world.claim(unconfirmed === lost, `${unconfirmed} unconfirmed, not ${lost}`);
      world.ledger.lost = 0;
      react(world, 'outage');
    },
    onDrop: ({ data, cause }) => {
      const id = textOf(data);
      const { dropped } = world.ledger;
      world.claim(!dropped.has(id), `${id} is dropped twice`);
      world.claim(cause !== 'overflow' || overflow !== 'refuse', `${id} overflows`);
      world.claim(cause !== 'expired' || ttlMs < 1e9, `${id} expires`);
      dropped.set(id, cause);
      react(world, 'drop');
    },
  };
}

export function urlOf(world: LineWorld): LineUrl | null {
  if (world.place === null) return null;
  const text = () => `ws://host/${world.place}`;
  if (world.manner.place === 'text') return text();
  if (world.manner.place === 'promise') return async () => answer(world, text());
  return () => answer(world, text()) as string;
}

export function payloadOf(id: string, what: Payload): unknown {
  if (what === 'bytes') return new TextEncoder().encode(id);
  if (what === 'large') return id.padEnd(MESSAGE_BYTES_MAX + 1, '.');
  return what === 'text' ? id : {};
}

/** A message of the component as text, whatever it was sent as. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : new TextDecoder().decode(value as Uint8Array);
}

function answer(world: LineWorld, text: string): string | Promise<string> {
  const { urlFails } = world;
  world.attempted();
  switch (urlFails) {
    case 'throws':
      throw new Error('no URL');
    case 'rejects':
      return Promise.reject(new Error('no URL'));
    case 'hangs':
      return new Promise<string>(() => {});
    case 'bad':
      return 'ftp://host/';
    case 'not':
      return text;
  }
  return urlFails satisfies never;
}

/** Does once what was planned for this event. */
function react(world: LineWorld, to: Heard): void {
  const reaction = world.reactions.get(to);
  world.reactions.delete(to);
  if (reaction !== undefined) carryOut(world, reaction);
}

function carryOut(world: LineWorld, reaction: Reaction): void {
  switch (reaction) {
    case 'throw':
      throw new Error('planned');
    case 'send':
      world.send('text', true);
      return;
    case 'close':
      world.close(undefined);
      world.send('text', true);
      return;
    case 'reconnect':
      world.reconnect();
      world.send('text', true);
      return;
    case 'go':
      world.go(((world.place ?? 0) + 1) % 3);
      return;
    case 'unmount':
      world.unmount();
      return;
  }
  reaction satisfies never;
}
