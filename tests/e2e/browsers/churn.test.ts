import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppServer } from '../support/appServer.js';
import { waitUntil } from '../support/browsers/browser.js';
import { chromium, stageIn } from '../support/browsers/engines.js';
import { takeInventory } from '../support/browsers/inventory.js';

// Chromium makes one handshake at a time with each address, and holds the next one back by up to
// 5 s * 2^n / 65,536, n being those under way: so there are few lines, each with its own server.
const LINES = 4;
/** `npm run soak -- --mounts 10000` is the long form. */
const MOUNTS = Number(process.env['SOAK_MOUNTS'] ?? 2_000);
const ROUNDS = Math.ceil(MOUNTS / LINES);

describe('in chromium', () => {
  const stage = stageIn(chromium);
  let servers: AppServer[];

  beforeEach(async () => {
    servers = Array.from({ length: LINES }, () => new AppServer(stage.files));
    for (const server of servers) await server.start();
  });

  afterEach(async () => {
    for (const server of servers) await server.stop();
  });

  it(`leaves no socket, timer or listener behind after ${MOUNTS} mounts and unmounts`, async () => {
    const { app, page, server } = stage;
    const hosts = servers.map(({ host }) => host);
    server.otherHosts.push(...hosts);
    await takeInventory(page);
    await app.open();
    const churn = (rounds: number) => page.evaluate(mountAndUnmount, { rounds, hosts });
    await churn(2); // what is made once and kept is no leak
    const before = await page.evaluate(() => window.inventory());
    const started = performance.now();
    await churn(ROUNDS);
    const seconds = (performance.now() - started) / 1000;
    const sum = (count: (each: AppServer) => number) => total(servers.map(count));
    await waitUntil(
      'the servers have seen the last one close',
      () => sum(({ live }) => live) === 0,
    );
    const after = await page.evaluate(() => window.inventory());
    const opened = sum((each) => each.opened);
    const listeners =
      total(Object.values(after.listeners)) - total(Object.values(before.listeners));
    console.log(
      `${ROUNDS * LINES} mounts and unmounts in ${seconds.toFixed(1)} s, ${opened} connections, ` +
        `left behind: ${after.sockets} sockets, ${after.timers - before.timers} timers, ` +
        `${listeners} listeners`,
    );
    expect(after).toEqual({ ...before, sockets: 0, socketsMade: after.socketsMade });
    // Every second round waited for its lines to open.
    expect(opened).toBeGreaterThanOrEqual((ROUNDS * LINES) / 2);
  });
});

/** In the page: mounts all lines and unmounts them, in turn when open and when connecting. */
async function mountAndUnmount({ rounds, hosts }: { rounds: number; hosts: readonly string[] }) {
  const shown = hosts.map((host, index) => {
    const [name, url] = [`line${index}`, `ws://${host}/echo`];
    return { name, url, options: { heartbeat: true }, first: ['hello'] };
  });
  const channel = new MessageChannel();
  const turn = () =>
    new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null); // a timer would be held back by 4 ms
    });
  const are = (status: string) =>
    shown.every(({ name }) => window.app.lines[name]?.present.status === status);
  for (let round = 0; round < rounds; round += 1) {
    window.app.show(shown);
    while (!are(round % 2 === 0 ? 'open' : 'connecting')) await turn();
    window.app.leave();
    for (const { name } of shown) delete window.app.lines[name];
  }
  // A socket that was closed while it connected is told a moment later.
  while (window.inventory().sockets > 0) await turn();
  channel.port1.close();
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
