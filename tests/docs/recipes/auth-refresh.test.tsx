// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import type { LineServer } from '../../../js/src/server/index.js';
import { recipeStage } from './recipeStage.js';

interface ServerModule {
  readonly lines: LineServer;
  beginSession(user: string): string;
  endSessions(user: string): Promise<void>;
}

const stage = recipeStage('auth-refresh', { server: 'session.server.ts' });

async function openPage(isSignedIn: () => boolean) {
  const server = await stage.load<ServerModule>('session.server.ts');
  const { default: News } = await stage.load<{ default: ComponentType }>('News.tsx');
  const renew = vi.fn(async () => {
    if (!isSignedIn()) return new Response(null, { status: 401 });
    stage.visitor.cookie = server.beginSession('ada');
    return new Response();
  });
  vi.stubGlobal('fetch', renew);
  stage.visitor.cookie = server.beginSession('ada');
  const page = stage.page();
  page.render(<News />);
  await page.shows('open:');
  expect(renew).not.toHaveBeenCalled();
  return { ...server, page, renew };
}

test('a session that ends is renewed, and the line goes on', async () => {
  const { page, renew, lines, endSessions } = await openPage(() => true);
  await lines.publish('news', 'first');
  await page.shows('open: first');
  await endSessions('ada');
  await vi.waitFor(() => expect(renew).toHaveBeenCalledOnce());
  await lines.publish('news', 'second');
  await page.shows('open: second');
  expect(renew).toHaveBeenCalledWith('/session/renew', { method: 'POST' });
});

test('who is signed out is told so, and the line goes on after signing in', async () => {
  const { page, renew, endSessions, beginSession } = await openPage(() => false);
  await endSessions('ada');
  await page.shows('Sign in again');
  expect(renew).toHaveBeenCalledOnce();
  stage.visitor.cookie = beginSession('ada');
  page.click('Sign in again');
  await page.shows('open:');
});
