import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLineServer, type LineServer } from '../../../js/src/server/index.js';
import { LivePage } from '../live/support/livePage.js';
import type { Change, Row } from '../pages/live.js';
import { waitUntil } from '../support/browsers/browser.js';
import { engines, stageIn } from '../support/browsers/engines.js';

const COUNT = 2_000;
const VISIBLE = 50;

/** Changes of some rows, and the rows that a fold in JavaScript makes of them. */
function changes(): { all: Change[]; rows: Row[] } {
  const rows = new Map<string, Row>();
  const all = Array.from({ length: COUNT }, (_, i): Change => {
    const id = `row ${(i * 7) % 300}`;
    if (i % 11 === 0) {
      rows.delete(id);
      return { n: i + 1, row: { id, gone: true } };
    }
    const row = { id, price: i };
    rows.set(id, row);
    return { n: i + 1, row };
  });
  return { all, rows: [...rows.values()] };
}

// The engines work side by side.
describe.concurrent.each(engines)('in %s', (name, engine) => {
  describe.sequential('states', () => {
    const stage = stageIn(engine, 'live.tsx');
    // A process has one server of a path.
    const path = `/${name}`;
    let http: Server | undefined;
    let lines: LineServer | undefined;
    let host = '';

    beforeEach(async () => {
      http = createServer();
      lines = createLineServer({
        path,
        allowedOrigins: [stage.server.origin],
        authenticate: () => 'anybody',
        authorize: () => true,
      });
      lines.attach(http);
      http.listen(0, '127.0.0.1');
      await once(http, 'listening');
      host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
    });

    afterEach(async () => {
      await lines?.close({ spreadMs: 0, timeoutMs: 0 });
      http?.close();
    });

    it('are what a fold of the messages of any server is', async () => {
      const { server } = stage;
      const page = new LivePage(stage.page);
      await page.open(server.origin, { host: server.host, path: '/echo' });
      await waitUntil('the line is open', () => server.live === 1);
      const { all, rows } = changes();
      const texts = all.map((change) => JSON.stringify(change));
      await stage.page.evaluate((some) => window.live.send(some), texts);
      const { tally, commits, frames } = await page.until(COUNT);
      expect(tally).toEqual({ count: COUNT, last: COUNT, breaks: 0 });
      expect(commits).toBeLessThanOrEqual(frames + 2);
      expect(await page.rows()).toEqual(rows);
      expect(await page.shown()).toEqual(rows.slice(0, VISIBLE));
      await page.expectNoTrouble();
    });

    it('are what a fold of publications is', async () => {
      const { server } = stage;
      server.otherHosts.push(host);
      const page = new LivePage(stage.page);
      await page.open(server.origin, { host, stream: 'board', path }, true);
      await waitUntil('the stream is read', () => lines?.counters().subscriptions === 1);
      const { all, rows } = changes();
      for (const change of all) lines?.publish('board', change);
      const { tally, commits, frames } = await page.until(COUNT);
      expect(tally).toEqual({ count: COUNT, last: COUNT, breaks: 0 });
      expect(commits).toBeLessThanOrEqual(frames + 2);
      expect(await page.rows()).toEqual(rows);
      expect(await page.shown()).toEqual(rows.slice(0, VISIBLE));
      await page.expectNoTrouble();
    });
  });
});
