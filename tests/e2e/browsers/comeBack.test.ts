import { describe, expect, it } from 'vitest';
import { engines, stageIn } from '../support/browsers/engines.js';
import { canGoOffline } from '../support/browsers/installed.js';

const OUTAGES = 7;
const OUTAGE_MS = 2_100; // events of the page bring an attempt forward once in 2 s
const MEDIAN_MS_MAX = 1_000;

// They wait side by side.
const capable = engines.filter(([name]) => canGoOffline(name));

describe.concurrent.each(capable)('in %s', (name, engine) => {
  describe.sequential('a line', () => {
    const stage = stageIn(engine);

    it('is open again within 1 s of the return of the network, in the median', async () => {
      const { app, page, server } = stage;
      await app.open({ name: 'line', url: '/echo', options: { heartbeat: true } });
      await app.become('line', 'open');
      const times: number[] = [];
      for (let outage = 0; outage < OUTAGES; outage += 1) {
        server.isRefusing = true;
        server.cut();
        await app.become('line', 'waiting');
        await page.setOffline?.(true);
        server.isRefusing = false;
        await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
        expect(server.live).toBe(0);
        const online = await app.timeOfNext('online');
        await page.setOffline?.(false);
        await app.become('line', 'open');
        times.push((await app.timeOf('line', 'open')) - (await online()));
      }
      times.sort((a, b) => a - b);
      console.log(`${name}: open again after online: ${times.join(', ')} ms`);
      expect(times[(OUTAGES - 1) / 2]).toBeLessThanOrEqual(MEDIAN_MS_MAX);
      expect(server.live).toBe(1);
    });
  });
});
