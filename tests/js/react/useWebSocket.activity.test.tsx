// @vitest-environment jsdom
import { Activity, useState } from 'react';
import { expect, it } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { turns, until } from '../../support/until.js';

// What is hidden has no effects, so no line; React 19 alone has Activity.

failOnComplaints();
const { server } = hookFixture();
const put = pages();

function Shown({ share }: { share: boolean }) {
  const [draft] = useState(() => `draft ${Math.floor(server.connectionCount)}`);
  const { status, lastMessage } = useWebSocket(server.url, { share });
  return (
    <p>
      {draft} {status} {lastMessage?.data ?? 'nothing'}
    </p>
  );
}

const alone = (mode: 'visible' | 'hidden') => (
  <Activity mode={mode}>
    <Shown share={false} />
  </Activity>
);

it('lets its line go while it is hidden, and comes back with another', async () => {
  const page = put(alone('visible'));
  const shows = (text: string) => until(() => page.place.textContent === text, `it shows ${text}`);
  await shows('draft 0 open nothing');
  server.connections[0]?.socket.send('a');
  await shows('draft 0 open a');
  page.render(alone('hidden'));
  await until(() => server.live === 0, 'the socket is closed');
  page.render(alone('visible'));
  await shows('draft 0 open nothing');
  expect(server.connectionCount).toBe(2);
  expect(server.live).toBe(1);
});

it('hidden and shown again in one task keeps its socket', async () => {
  const page = put(alone('visible'));
  await until(() => page.place.textContent === 'draft 0 open nothing', 'it is open');
  page.render(alone('hidden'));
  page.render(alone('visible'));
  await turns();
  expect(server.connectionCount).toBe(1);
  expect(server.live).toBe(1);
});

it('leaves a shared line to those who are not hidden', async () => {
  const node = (mode: 'visible' | 'hidden') => (
    <>
      <Activity mode={mode}>
        <Shown share={true} />
      </Activity>
      <Shown share={true} />
    </>
  );
  const page = put(node('visible'));
  const all = () => [...page.place.querySelectorAll('p')].map(({ textContent }) => textContent);
  const opens = 'draft 0 open nothing';
  await until(() => all().every((text) => text === opens), 'both are open');
  page.render(node('hidden'));
  await turns();
  expect(server.live).toBe(1);
  page.render(node('visible'));
  await until(() => all().every((text) => text === opens), 'both are open again');
  expect(server.connectionCount).toBe(1);
});
