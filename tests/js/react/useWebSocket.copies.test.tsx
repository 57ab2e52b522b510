// @vitest-environment jsdom
import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { until } from '../../support/until.js';

failOnComplaints();
const { server } = hookFixture();
const put = pages();

/** The package once more, as a second bundle on the page has it. */
async function copy() {
  vi.resetModules();
  const [{ useWebSocket }, { createElement: create }] = await Promise.all([
    import('../../../js/src/react/index.js'),
    import('react'),
  ]);
  expect(create).toBe(createElement); // the same React
  return ({ say }: { say: string }) => {
    const { status, lastMessage, sendMessage } = useWebSocket(server.url, { share: true });
    return (
      <button type="button" onClick={() => sendMessage(say)}>
        {status} {lastMessage?.data ?? 'nothing'}
      </button>
    );
  };
}

it('two copies of the package each have a line, and do not disturb each other', async () => {
  const [One, Other] = [await copy(), await copy()];
  const one = put(<One say="one" />);
  const other = put(<Other say="other" />);
  const shows = (page: typeof one, text: string) =>
    until(() => page.place.textContent === text, `it shows ${text}`);
  for (const page of [one, other]) await shows(page, 'open nothing');
  expect(server.connectionCount).toBe(2);
  for (const page of [one, other]) page.place.querySelector('button')?.click();
  await shows(one, 'open one');
  await shows(other, 'open other');
  one.unmount();
  await until(() => server.live === 1, 'its socket is closed');
  other.place.querySelector('button')?.click();
  await until(() => server.received.length === 3, 'the other one is still open');
  expect(other.place.textContent).toBe('open other');
});
