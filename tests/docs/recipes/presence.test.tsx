// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import type { AnyLineDefinition } from '../../../js/src/index.js';
import type { LineServer } from '../../../js/src/server/index.js';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  readonly lines: LineServer;
}
interface LineModule {
  readonly presence: AnyLineDefinition;
}

const stage = recipeStage('presence', { server: 'presence.server.ts' });

test('the page shows who comes and who goes', async () => {
  const { lines } = await stage.load<ServerModule>('presence.server.ts');
  const { default: Here } = await stage.load<{ default: ComponentType }>('Here.tsx');
  const page = stage.page();
  page.render(<Here />);
  await page.shows('Here: ada');

  // Another page of another user: a line of its own.
  const { presence } = await stage.load<LineModule>('presence.ts');
  const { openLine } = await import('../../../js/src/index.js');
  stage.visitor.cookie = 'user=bob';
  const other = openLine(presence);
  other.subscribe('here', { published: () => {} });
  await vi.waitFor(() => expect(other.snapshot.status).toBe('open'));
  other.send('here', 'hello');
  await page.shows('Here: ada, bob');
  other.dispose();
  await vi.waitFor(() => expect(page.place.textContent).toBe('Here: ada'), { timeout: 5_000 });
  expect(await lines.presence('here')).toEqual(['ada']);
});
