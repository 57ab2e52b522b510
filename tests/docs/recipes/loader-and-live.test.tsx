// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  change(patch: { state?: string; lines?: Record<string, number> }): Promise<void>;
}
interface Route {
  readonly loader: () => Promise<unknown>;
  readonly default: ComponentType<{ loaderData: unknown; revalidate: () => void }>;
}

const stage = recipeStage('loader-and-live', { server: 'order.server.ts' });

test('the line goes on behind the loader, also after more than history has', async () => {
  const { change } = await stage.load<ServerModule>('order.server.ts');
  const { loader, default: OrderPage } = await stage.load<Route>('OrderPage.tsx');
  const page = stage.page();
  const revalidate = vi.fn(async () => show(await loader()));
  const show = (loaderData: unknown) =>
    page.render(<OrderPage loaderData={loaderData} revalidate={revalidate} />);

  const first = await loader();
  await change({ lines: { milk: 2 } });
  show(first);
  await page.shows('open: 1 tea, 2 milk');
  expect(revalidate).not.toHaveBeenCalled();
  await change({ state: 'paid' });
  await page.shows('paid: 1 tea, 2 milk');

  stage.cut();
  for (const sugar of [1, 2, 3, 4]) await change({ lines: { sugar } });
  await page.shows('paid: 1 tea, 2 milk, 4 sugar');
  expect(revalidate).toHaveBeenCalledOnce();
  await change({ state: 'sent' });
  await page.shows('sent: 1 tea, 2 milk, 4 sugar');
});
