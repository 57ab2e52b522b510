// @vitest-environment jsdom
import { startTransition, useLayoutEffect, useState } from 'react';
import { expect, it } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { turn, until } from '../../support/until.js';

failOnComplaints();
const { server } = hookFixture();
const put = pages();

const ROWS = Array.from({ length: 40 }, (_, at) => `row ${at}`);
const ROW_MS = 1;

/** Takes its time, so that React yields in the midst of a transition. */
function Row({ text }: { text: string }) {
  const end = performance.now() + ROW_MS;
  while (performance.now() < end) {}
  return <i>{text}</i>;
}

const quick = { reconnect: { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 } };
let turnOver: () => void = () => {};

type What = 'message' | 'status';

function useShown(what: What): string {
  const { lastMessage, status } = useWebSocket(server.url, { share: true, ...quick });
  return what === 'status' ? status : String(lastMessage?.data);
}

function SharingRow({ what }: { what: What }) {
  return <Row text={useShown(what)} />;
}

/** Notes what each commit has on the page: its own reading, and that of each row. */
function Page({ commits, what }: { commits: string[][]; what: What }) {
  const [round, setRound] = useState(0);
  turnOver = () => startTransition(() => setRound((before) => before + 1));
  const own = useShown(what);
  useLayoutEffect(() => {
    const rows = [...document.querySelectorAll('i')].map((each) => each.textContent ?? '');
    commits.push([own, ...rows]);
  });
  return (
    <div data-round={round}>
      {ROWS.map((name) => (
        <SharingRow key={name} what={what} />
      ))}
    </div>
  );
}

const torn = (commits: string[][]) => commits.filter((shown) => new Set(shown).size > 1);

it('shows one message in all of a page, also when it changes amidst a transition', async () => {
  const commits: string[][] = [];
  const page = put(<Page commits={commits} what="message" />);
  document.body.append(page.place);
  await until(() => server.live === 1, 'the line is open');
  for (let i = 0; i < 5; i++) {
    turnOver();
    await turn(); // the transition has begun
    server.connections[0]?.socket.send(`m${i}`);
    await until(() => commits.at(-1)?.[0] === `m${i}`, 'the message is shown');
  }
  expect(torn(commits.slice(1))).toEqual([]);
  expect(commits.at(-1)).toHaveLength(ROWS.length + 1);
  page.place.remove();
});

it('shows one status in all components that share a line', async () => {
  const commits: string[][] = [];
  const page = put(<Page commits={commits} what="status" />);
  document.body.append(page.place);
  const isAll = (status: string) => () =>
    [...page.place.querySelectorAll('i')].every(({ textContent }) => textContent === status);
  await until(isAll('open'), 'all are open');
  expect(server.connectionCount).toBe(1);
  for (let i = 0; i < 3; i++) {
    turnOver();
    await turn();
    server.cut();
    await until(() => server.connectionCount === i + 2, 'the line has reconnected');
    await until(isAll('open'), 'all are open again');
  }
  turnOver();
  await turn();
  expect(torn(commits.slice(1))).toEqual([]);
  page.place.remove();
});
