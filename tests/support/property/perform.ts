import { vi } from 'vitest';
import type { FakeSocket } from '../fakeSocket.js';
import { turn } from '../until.js';
import type { Action } from './actions.js';
import { lateCore } from './lateCore.js';
import { areEqual } from './ledger.js';
import type { LineWorld } from './lineWorld.js';
import type { ScriptedPage } from './page.js';

/** Lets it happen; what cannot happen now (no socket, nothing mounted) does nothing. */
export function perform(action: Action, world: LineWorld, page: ScriptedPage): void {
  const handle = DEEDS[action.do] as (action: Action, world: LineWorld, page: ScriptedPage) => void;
  handle(action, world, page);
}

type Deeds = {
  [K in Action['do']]: (action: Action & { do: K }, world: LineWorld, page: ScriptedPage) => void;
};

const DEEDS: Deeds = {
  mount: (_, world) => world.mount(),
  unmount: (_, world) => world.unmount(),
  render: (_, world) => world.render(),
  reconnect: (_, world) => world.reconnect(),
  face: (_, world) => world.sendOnFace(),
  go: ({ to }, world) => world.go(to),
  connect: ({ on }, world) => world.connect(on),
  send: ({ what, keep, times }, world) => repeat(times, () => world.send(what, keep)),
  close: ({ code }, world) => world.close(code),
  say: ({ times }, world) => repeat(times, () => world.say()),
  accept: (_, { socket }) => socket?.accept(),
  refuse: (_, { socket }) => {
    if (socket?.readyState === 0) socket.fail();
  },
  break: (_, world) => openSocket(world)?.fail(),
  die: (_, world) => change(openSocket(world), { isDead: true }),
  startClosing: (_, world) => change(openSocket(world), { readyState: 2 }),
  refuseSend: (_, world) => change(openSocket(world), { refusesNextSend: true }),
  refuseSocket: (_, { network }) => change(network, { refusesNext: true }),
  end: ({ code, reason }, { socket }) => {
    if (socket?.readyState !== 0) socket?.end(code, reason);
  },
  answerPings: ({ on }, world) => change(world, { answersPings: on }),
  url: ({ fails }, world) => change(world, { urlFails: fails }),
  page: ({ signal }, _, page) => page.tell(signal),
  // In steps, because what answers at once does so between them.
  pass: ({ ms }) => repeat(4, () => void vi.advanceTimersByTime(ms / 4)),
  setClock: ({ byMs }) => void vi.setSystemTime(Date.now() + byMs),
  load: () => lateCore.arrive(),
  listen: ({ to, and }, { reactions }) => void reactions.set(to, and),
};

function repeat(times: number, task: () => void): void {
  for (let i = 0; i < times; i++) task();
}

function openSocket({ socket }: LineWorld): FakeSocket | undefined {
  return socket?.readyState === 1 ? socket : undefined;
}

function change<T extends object>(what: T | undefined, by: Partial<T>): void {
  if (what !== undefined) Object.assign(what, by);
}

/** With everything well again, a line that is wanted opens, and nothing waits any more. */
export async function heal(world: LineWorld, page: ScriptedPage): Promise<void> {
  lateCore.arrive();
  world.reactions.clear();
  world.network.refusesNext = false;
  world.urlFails = 'not';
  world.answersPings = true;
  page.reset();
  world.mount();
  world.connect(true);
  if (world.place === null) world.go(0);
  await world.settle();
  const { socket } = world;
  if (socket?.readyState === 2 && socket.closedWith === null) {
    socket.end(1001);
    await world.settle();
  }
  // Without a heartbeat nobody but the application can know.
  const isUnseen = socket?.isDead && world.manner.heartbeat === 'none';
  if (isUnseen || ['failed', 'closed', 'closing'].includes(world.status)) world.reconnect();
  // The longest wait is one that a server asked for (7 s), an attempt that hangs, or the budget's.
  for (let i = 0; i < 100 && !isOpen(world); i++) {
    await world.settle();
    // An attempt that began before all was well may have been the last one allowed.
    if (i === 20 && world.status === 'failed') world.reconnect();
    world.socket?.accept();
    vi.advanceTimersByTime(1_000);
    await world.settle();
  }
  world.claim(isOpen(world), `still ${world.status} when all is well`);
  await showAll(world);
}

/** Everything that the line was told is shown in the end, one after the other. */
async function showAll(world: LineWorld): Promise<void> {
  world.say();
  const { heard, shown } = world.ledger;
  for (let i = 0; i < 200 && shown.length < heard.length; i++) await turn();
  world.claim(areEqual(shown, heard), `shown ${shown}, not ${heard}`);
}

/** After its component has gone nothing is left of a line, and nobody hears of it any more. */
export async function leave(world: LineWorld, page: ScriptedPage): Promise<void> {
  world.unmount();
  lateCore.arrive();
  await world.settle();
  world.claim(vi.getTimerCount() === 0, `${vi.getTimerCount()} timers are left`);
  world.claim(page.listenerCount === 0, `${page.listenerCount} listeners are left`);
  for (const socket of world.network.sockets) {
    socket.accept();
    socket.say('too late');
    socket.fail();
  }
  page.reset();
  vi.advanceTimersByTime(600_000);
  await world.settle();
  world.claim(world.ledger.heard.length === 0, 'something is heard after the end');
}

function isOpen({ status, socket }: LineWorld): boolean {
  return status === 'open' && socket?.readyState === 1 && !socket.isDead;
}
