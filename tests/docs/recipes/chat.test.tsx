// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { expect, test } from 'vitest';
import { recipeStage } from './recipeStage.js';

interface Loaded {
  readonly value: readonly { readonly text: string }[];
}
interface Route {
  readonly loader: (name: string) => Promise<Loaded>;
  readonly default: ComponentType<{ name: string; loaderData: Loaded }>;
}

const stage = recipeStage('chat', { server: 'chat.server.ts' });

test('what is said is shown to all in the room, once, and what is refused says why', async () => {
  const { loader, default: Room } = await stage.load<Route>('Room.tsx');
  const [first, second, elsewhere] = [stage.page(), stage.page(), stage.page()];
  const lobby = await loader('lobby');
  first.render(<Room name="lobby" loaderData={lobby} />);
  second.render(<Room name="lobby" loaderData={lobby} />);
  elsewhere.render(<Room name="cellar" loaderData={await loader('cellar')} />);
  await first.shows('The line is open');

  first.submit('hello');
  await first.shows('ada: hello');
  await second.shows('ada: hello');
  first.submit(' ');
  await first.shows('a message needs a text');
  expect(first.place.querySelectorAll('li').length).toBe(1);
  expect(elsewhere.place.querySelectorAll('li').length).toBe(0);

  const later = stage.page();
  const loaderData = await loader('lobby');
  expect(loaderData.value.map(({ text }) => text)).toEqual(['hello']);
  later.render(<Room name="lobby" loaderData={loaderData} />);
  await later.shows('ada: hello');
  first.submit('again');
  await later.shows('ada: again');
  expect(later.place.querySelectorAll('li').length).toBe(2);
});
