// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  readonly tasks: Map<string, { readonly text: string }>;
}

const stage = recipeStage('optimistic-send', { server: 'tasks.server.ts' });

test('what was sent is shown at once, once, and says when it was refused', async () => {
  const { tasks } = await stage.load<ServerModule>('tasks.server.ts');
  const { default: Tasks } = await stage.load<{ default: ComponentType }>('Tasks.tsx');
  const page = stage.page();
  page.render(<Tasks />);
  await vi.waitFor(() => expect(page.place.querySelector('form')).not.toBeNull());
  const items = () => [...page.place.querySelectorAll('li')];

  // Before the line is open.
  page.submit('tea');
  await page.shows('tea …');
  expect(items()[0]?.getAttribute('aria-busy')).toBe('true');
  await vi.waitFor(() => expect(items().map(({ textContent }) => textContent)).toEqual(['tea']));
  expect([...tasks.values()]).toMatchObject([{ text: 'tea' }]);

  page.submit('milk, but only if there is some left');
  await page.shows('a task has at most 20 characters');
  expect(tasks.size).toBe(1);
  page.click('Try again');
  await page.shows('a task has at most 20 characters');
  expect(items()).toHaveLength(2);
});
