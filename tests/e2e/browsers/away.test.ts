import { describe, expect, it } from 'vitest';
import { waitUntil } from '../support/browsers/browser.js';
import { chromium, engines, stageIn } from '../support/browsers/engines.js';

declare global {
  interface Window {
    mark?: boolean;
  }
}

const PROBE_TIMEOUT_MS = 3_500;
const SETTLED_MS = 500;
const line = { name: 'line', url: '/echo', options: { heartbeat: true } };

// The engines wait side by side.
describe.concurrent.each(engines)('in %s', (name, engine) => {
  describe.sequential('a line', () => {
    const stage = stageIn(engine);

    it('holds no connection while its page is left, and one after coming back', async () => {
      const { app, page, server } = stage;
      await app.open(line);
      await app.become('line', 'open');
      await page.evaluate(() => {
        window.mark = true;
      });
      await app.leaveFor('elsewhere');
      await waitUntil('the connection is closed', () => server.live === 0);
      await page.travel(-1);
      const isRestored = await page.evaluate(() => window.mark === true);
      await app.become('line', 'open');
      await app.echo('line', 'back');
      const log = await app.logOf('line');
      console.log(`${name}: page ${isRestored ? 'restored' : 'loaded anew'} after going back`);
      expect(server).toMatchObject({ opened: 2, handshakes: 2, live: 1 });
      expect(log?.outages).toHaveLength(isRestored ? 1 : 0);
    });

    it('is closed while its page is hidden if it shall be, and open when it is shown', async () => {
      const { app, page, server } = stage;
      const options = { hidden: 'close', hiddenAfterMs: 100 } as const;
      await app.open({ name: 'line', url: '/echo', options });
      await app.become('line', 'open');
      await page.hide();
      await waitUntil('the connection is closed', () => server.live === 0);
      expect(server.closeCodes).toEqual([1000]);
      await page.show();
      await app.become('line', 'open');
      await app.echo('line', 'back');
      expect(server).toMatchObject({ handshakes: 2, live: 1 });
    });

    it('is not given up for an event of page or network without a heartbeat', async () => {
      const { app, page, server } = stage;
      await app.open({ name: 'line', url: '/echo' });
      await app.become('line', 'open');
      await page.setOffline?.(true);
      await page.hide();
      await page.show();
      await page.setOffline?.(false);
      await page.evaluate(() => {
        for (const event of ['offline', 'online', 'focus', 'blur']) dispatchEvent(new Event(event));
        document.dispatchEvent(new Event('resume'));
      });
      await new Promise((resolve) => setTimeout(resolve, PROBE_TIMEOUT_MS + 500));
      await app.echo('line', 'still there');
      expect((await app.logOf('line'))?.statuses).toEqual(['idle', 'connecting', 'open']);
      expect(server).toMatchObject({ handshakes: 1, live: 1 });
    });
  });
});

describe.concurrent('in chromium', () => {
  describe.sequential('a line whose page was frozen', () => {
    const stage = stageIn(chromium);

    it('is replaced once or not at all, and tells', async () => {
      const { app, page, server } = stage;
      await app.open(line);
      await app.become('line', 'open');
      const frozen = await app.timeOfNext('freeze');
      await page.freeze();
      await page.resume();
      await frozen();
      // Chromium 156 ends the connection a few ms later, 150 keeps it.
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
      await app.become('line', 'open');
      await app.echo('line', 'back');
      const replaced = server.opened - 1;
      console.log(`chromium: replaced ${replaced} connection of a frozen page`);
      expect(replaced).toBeLessThanOrEqual(1);
      expect(server).toMatchObject({ handshakes: server.opened, live: 1 });
      expect((await app.logOf('line'))?.outages).toHaveLength(replaced);
    });
  });
});
