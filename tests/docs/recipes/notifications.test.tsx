// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  notify(user: string, text: string): Promise<void>;
  markRead(user: string, id: string): Promise<void>;
}
interface Route {
  readonly loader: (user: string) => Promise<unknown>;
  readonly default: ComponentType<{
    user: string;
    loaderData: unknown;
    toast: (text: string) => void;
    onRead: (id: string) => void;
  }>;
}

const stage = recipeStage('notifications', { server: 'notices.server.ts' });

test('a user gets what concerns him: old ones in the list, new ones as a toast', async () => {
  const { notify, markRead } = await stage.load<ServerModule>('notices.server.ts');
  const { loader, default: Bell } = await stage.load<Route>('Bell.tsx');
  await notify('ada', 'before');
  const loaderData = await loader('ada');
  await notify('ada', 'between');
  const toast = vi.fn();
  const page = stage.page();
  const onRead = (id: string) => void markRead('ada', id);
  page.render(<Bell user="ada" loaderData={loaderData} toast={toast} onRead={onRead} />);
  await page.shows('beforebetween');

  await notify('bob', 'for bob');
  await notify('ada', 'after');
  await page.shows('beforebetweenafter');
  page.click('between');
  await vi.waitFor(() => expect(page.place.textContent).toBe('beforeafter'));
  expect(toast.mock.calls.flat()).toEqual(['between', 'after']);
});
