// @vitest-environment jsdom
import { Activity } from 'react';
import { it } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { log } from '../../../js/src/core/stateDefinition.js';
import { useLive } from '../../../js/src/react/index.js';
import { memoryBroker } from '../../../js/src/server/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { until } from '../../support/until.js';

// React 19 alone has Activity.

failOnComplaints();
const serve = streamServerFixture();
const { put } = lineMounts();

it('keeps what a hidden component has shown, and shows what it missed with it', async () => {
  const server = await serve({ broker: memoryBroker({ size: 5, entriesMax: 5 }) });
  const state = { ticks: log<number>({ stream: 'ticks', max: 5 }) };
  const line = defineLine(server.url, { ...quick, lingerMs: 0, state });
  const from = await server.lines.snapshot('ticks', () => [0]);
  function Rows() {
    return <p>{JSON.stringify(useLive(line.ticks, { from }))}</p>;
  }
  const at = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Rows />
    </Activity>
  );
  const page = put(at('visible'), { isStrict: true });
  await until(() => server.lines.counters().subscriptions > 0, 'it is subscribed');
  await server.lines.publish('ticks', 1);
  await until(() => page.place.textContent === '[0,1]', 'it is shown');
  page.render(at('hidden'));
  await until(() => server.lines.counters().connections === 0, 'the line is closed');
  await server.lines.publish('ticks', 2);
  page.render(at('visible'));
  await until(() => page.place.textContent === '[0,1,2]', 'what it missed is there');
});
