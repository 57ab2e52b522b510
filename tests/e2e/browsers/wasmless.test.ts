import { describe, expect, it } from 'vitest';
import { type DrivenPage, waitUntil } from '../support/browsers/browser.js';
import { engines, stageIn } from '../support/browsers/engines.js';

// Each engine says in its own way that a policy forbids WebAssembly.

const shown = (page: DrivenPage) =>
  page.evaluate(() =>
    [...document.querySelectorAll('output')].map(({ dataset, textContent }) => ({
      status: dataset['status'],
      text: textContent,
    })),
  );

// The engines work side by side.
describe.concurrent.each(engines)('in %s', (_, engine) => {
  describe.sequential("a page whose policy has no 'wasm-unsafe-eval'", () => {
    const stage = stageIn(engine, 'wasmless.tsx');

    it('has lines and states, of a core that is JavaScript', async () => {
      const { page, server } = stage;
      await page.open(`${server.origin}/?wasm=forbidden`);
      await waitUntil('the page has run its script', () =>
        page.evaluate(() => 'wasmless' in window),
      );
      await page.evaluate(() => window.wasmless.show());
      await waitUntil('both lines are open', async () => {
        const lines = await shown(page);
        return lines.length === 2 && lines.every(({ status }) => status === 'open');
      });
      await page.evaluate(() => {
        window.wasmless.send('rows', { type: 'row', row: { id: 'grüße 👋', price: 0.1 } });
        window.wasmless.send('order', { patch: { a: { b: null, c: 1e21 } } });
      });
      const rows = [{ id: 'grüße 👋', price: 0.1 }];
      await waitUntil('the states have what was echoed', async () => {
        const [board, desk] = await shown(page);
        return (
          board?.text === JSON.stringify({ rows }) &&
          desk?.text === JSON.stringify({ a: { c: 1e21 } })
        );
      });
      const cores = server.requests.filter((path) => /wasm-(documents-)?bytes|-script/.test(path));
      expect(cores.map((path) => /core(-documents)?-script/.exec(path)?.[0]).sort()).toEqual([
        'core-documents-script',
        'core-script',
      ]);
    });
  });
});
