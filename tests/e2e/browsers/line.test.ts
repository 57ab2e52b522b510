import { describe, expect, it } from 'vitest';
import { AppServer } from '../support/appServer.js';
import { waitUntil } from '../support/browsers/browser.js';
import { engines, stageIn } from '../support/browsers/engines.js';
import { canGoOffline } from '../support/browsers/installed.js';

const QUICK = { reconnect: { minDelayMs: 20, maxDelayMs: 100, baseDelayMs: 20 } };
const line = { name: 'line', url: '/echo', options: QUICK };

// The engines work side by side.
describe.concurrent.each(engines)('in %s', (name, engine) => {
  describe.sequential('a line', () => {
    const stage = stageIn(engine);

    it('opens and echoes', async () => {
      const { app, server } = stage;
      await app.open({ ...line, first: ['at once'] });
      await app.become('line', 'open');
      await app.echo('line', 'later');
      expect((await app.logOf('line'))?.messages).toEqual(['at once', 'later']);
      expect(server).toMatchObject({ handshakes: 1, live: 1 });
    });

    it('opens again after the server cut the connection', async () => {
      const { app, server } = stage;
      await app.open(line);
      await app.become('line', 'open');
      server.cut();
      await waitUntil('it is open again', () => server.opened === 2);
      await app.echo('line', 'still there');
      expect(await app.logOf('line')).toMatchObject({
        statuses: ['idle', 'connecting', 'open', 'waiting', 'connecting', 'open'],
        closeCodes: [1006],
      });
      expect(server.live).toBe(1);
    });

    it('finds a server again that was down and came back on the same port', async () => {
      const { app, server } = stage;
      await app.open(line);
      await app.become('line', 'open');
      const port = Number(server.host.split(':')[1]);
      await server.stop();
      await waitUntil('an attempt has failed', async () => {
        return ((await app.logOf('line'))?.attempt ?? 0) > 2;
      });
      const back = await new AppServer(stage.files).start(port);
      try {
        await app.become('line', 'open');
        await app.echo('line', 'still there');
        expect(back).toMatchObject({ handshakes: 1, live: 1 });
      } finally {
        await back.stop();
      }
    });

    it('waits while its handshake is refused with 503, and opens when it is accepted', async () => {
      const { app, server } = stage;
      server.isRefusing = true;
      await app.open(line);
      await waitUntil('it was refused twice', () => server.handshakes >= 2);
      server.isRefusing = false;
      await app.become('line', 'open');
      expect(new Set((await app.logOf('line'))?.closeCodes)).toEqual(new Set([1006]));
      expect(server).toMatchObject({ opened: 1, live: 1 });
    });

    it('gives up an attempt that is never answered after connectTimeoutMs', async () => {
      const { app, server } = stage;
      const options = { ...QUICK, connectTimeoutMs: 300 };
      await app.open({ name: 'line', url: '/silent', options });
      await waitUntil('it has tried again', () => server.handshakes >= 2);
      // Firefox keeps the connection of a handshake that was given up until the server ends it.
      if (name !== 'firefox') {
        await waitUntil('the one that was given up is gone', () => server.pending <= 1);
      }
      expect((await app.logOf('line'))?.statuses.slice(0, 4)).toEqual([
        ...['idle', 'connecting', 'waiting', 'connecting'],
      ]);
    });

    it('closes its socket with a reload and opens one', async () => {
      const { app, server, page } = stage;
      await app.open(line);
      await app.become('line', 'open');
      await page.reload();
      await app.become('line', 'open');
      await app.echo('line', 'anew');
      await waitUntil('the first one is closed', () => server.closeCodes.length === 1);
      expect(server).toMatchObject({ opened: 2, live: 1, closeCodes: [1001] });
    });

    it('has one connection after going away, back, forward and back again', async () => {
      const { app, server, page } = stage;
      await app.open(line);
      await app.become('line', 'open');
      await app.leaveFor('elsewhere');
      for (const steps of [-1, 1, -1] as const) await page.travel(steps);
      await app.become('line', 'open');
      await app.echo('line', 'still there');
      await waitUntil('all others are closed', () => server.live === 1);
      expect(server.closeCodes).toHaveLength(server.opened - 1);
    });

    if (!canGoOffline(name)) return;
    it('opens again after the network was gone', async () => {
      const { app, server, page } = stage;
      await app.open(line);
      await app.become('line', 'open');
      // Chromium does not even let an open socket hear of its end while it is offline.
      server.isRefusing = true;
      server.cut();
      await app.become('line', 'waiting');
      await page.setOffline?.(true);
      const attempts = async () => (await app.logOf('line'))?.attempt ?? 0;
      const before = await attempts();
      await waitUntil('two have failed offline', async () => (await attempts()) >= before + 2);
      server.isRefusing = false;
      await page.setOffline?.(false);
      await app.become('line', 'open');
      await app.echo('line', 'back');
      expect(server).toMatchObject({ opened: 2, live: 1 });
    });
  });
});
