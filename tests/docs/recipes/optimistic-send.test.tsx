// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { turns } from '../../support/until.js';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  readonly tasks: Map<string, { readonly text: string }>;
}

const stage = recipeStage('optimistic-send', { server: 'tasks.server.ts' });
/** A machine that is busy takes its time. */
const soon = { timeout: 10_000 };
const textOf = ({ textContent }: Element) => textContent;

test('what was sent is shown at once, once, and says when it was refused', async () => {
  const { tasks } = await stage.load<ServerModule>('tasks.server.ts');
  const { default: Tasks } = await stage.load<{ default: ComponentType }>('Tasks.tsx');
  const page = stage.page();
  page.render(<Tasks />);
  await vi.waitFor(() => expect(page.place.querySelector('form')).not.toBeNull(), soon);
  await turns(10); // its effects, by which it holds the line, come behind what is shown
  const items = () => [...page.place.querySelectorAll('li')];

  // What is shown until the server answers may be gone before anybody looks.
  const busy: (string | null)[] = [];
  const changes = new MutationObserver(() =>
    busy.push(...[...page.place.querySelectorAll('li[aria-busy=true]')].map(textOf)),
  );
  changes.observe(page.place, { childList: true, subtree: true, characterData: true });
  page.submit('tea');
  await vi.waitFor(() => expect(busy).toContain('tea …'), soon);
  await vi.waitFor(() => expect(items().map(textOf)).toEqual(['tea']), soon);
  changes.disconnect();
  expect([...tasks.values()]).toMatchObject([{ text: 'tea' }]);

  page.submit('milk, but only if there is some left');
  await page.shows('a task has at most 20 characters');
  expect(tasks.size).toBe(1);
  page.click('Try again');
  await page.shows('a task has at most 20 characters');
  expect(items()).toHaveLength(2);
});
