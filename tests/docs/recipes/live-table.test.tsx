// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  trade(symbol: string, price: number): Promise<void>;
  delist(symbol: string): Promise<void>;
}
interface Route {
  readonly loader: () => Promise<unknown>;
  readonly default: ComponentType<{ loaderData: unknown }>;
}

const stage = recipeStage('live-table', { server: 'quotes.server.ts' });

test('rows come, change and go, and the others stay as they are', async () => {
  const { trade, delist } = await stage.load<ServerModule>('quotes.server.ts');
  const { loader, default: Quotes } = await stage.load<Route>('Quotes.tsx');
  await trade('ACME', 1);
  await trade('INIT', 2);
  const loaderData = await loader();
  await trade('ACME', 3);
  const page = stage.page();
  page.render(<Quotes loaderData={loaderData} />);
  await page.shows('3 tradesACME32INIT21');

  const [, row] = page.place.querySelectorAll('tr');
  await trade('NEW', 4);
  await page.shows('4 tradesACME32INIT21NEW41');
  await delist('ACME');
  await vi.waitFor(() => expect(page.place.textContent).toBe('2 tradesINIT21NEW41'));
  expect(page.place.querySelector('tr')).toBe(row);

  stage.cut();
  await trade('INIT', 5);
  await vi.waitFor(() => expect(page.place.textContent).toBe('3 tradesINIT52NEW41'), {
    timeout: 10_000,
  });
});
