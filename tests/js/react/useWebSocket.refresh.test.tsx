// @vitest-environment jsdom
import '../../support/reactRefresh.js'; // before React DOM

import { useState } from 'react';
import { expect, it } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { refresh } from '../../support/reactRefresh.js';
import { turns, until } from '../../support/until.js';

// Hot reload as bundlers do it: React Refresh runs the effects of an edited component again.

failOnComplaints();
const { server } = hookFixture();
const put = pages();

/** The component as its module has it after an edit. */
function edited(text: string) {
  const Component = () => {
    const [born] = useState(text);
    const { status } = useWebSocket(server.url, { onMessage: () => {} });
    return (
      <p>
        {text}, born {born}: {status}
      </p>
    );
  };
  refresh.register(Component, 'Component');
  refresh.setSignature(Component, 'useState useWebSocket');
  return Component;
}

it('keeps the line of a component whose module is replaced', async () => {
  const First = edited('first');
  const page = put(<First />);
  const shows = (text: string) => until(() => page.place.textContent === text, `it shows ${text}`);
  await shows('first, born first: open');
  edited('second');
  refresh.performReactRefresh();
  await shows('second, born first: open');
  await turns();
  expect(server.connectionCount).toBe(1);
  expect(server.live).toBe(1);
  page.unmount();
  await until(() => server.live === 0, 'no socket is left');
});
