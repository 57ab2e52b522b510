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

const ROWS = 40;
const ROW_MS = 1;

/** Takes its time, so that React yields in the midst of a transition. */
function Row({ text }: { text: string }) {
  const end = performance.now() + ROW_MS;
  while (performance.now() < end) {}
  return <i>{text}</i>;
}

function SharingRow() {
  const { status } = useWebSocket(server.url, { share: true, ...quick });
  return <Row text={status} />;
}

const quick = { reconnect: { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 } };
let turnOver: () => void = () => {};

function Page({ commits, isShared }: { commits: string[][]; isShared: boolean }) {
  const [round, setRound] = useState(0);
  turnOver = () => startTransition(() => setRound((before) => before + 1));
  const { lastMessage, status } = useWebSocket(server.url, { share: true, ...quick });
  const own = isShared ? status : String(lastMessage?.data);
  useLayoutEffect(() => {
    const rows = [...(document.querySelectorAll('i') ?? [])].map((each) => each.textContent ?? '');
    commits.push([own, ...rows]);
  });
  const row = (at: number) =>
    isShared ? <SharingRow key={at} /> : <Row key={`${round} ${at}`} text={own} />;
  return <div>{Array.from({ length: ROWS }, (_, at) => row(at))}</div>;
}

const torn = (commits: string[][]) => commits.filter((shown) => new Set(shown).size > 1);

it('shows one message in all of a page, also when it changes amidst a transition', async () => {
  const commits: string[][] = [];
  const page = put(<Page commits={commits} isShared={false} />);
  document.body.append(page.place);
  await until(() => server.live === 1, 'the line is open');
  for (let i = 0; i < 5; i++) {
    turnOver();
    await turn(); // the transition has begun
    server.connections[0]?.socket.send(`m${i}`);
    await until(() => commits.at(-1)?.[0] === `m${i}`, 'the message is shown');
  }
  expect(torn(commits)).toEqual([]);
  expect(commits.at(-1)).toHaveLength(ROWS + 1);
  page.place.remove();
});

it('shows one status in all components that share a line', async () => {
  const commits: string[][] = [];
  const page = put(<Page commits={commits} isShared={true} />);
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
