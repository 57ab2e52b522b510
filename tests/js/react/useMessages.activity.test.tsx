// @vitest-environment jsdom
import { Activity } from 'react';
import { expect, it } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import { useMessages } from '../../../js/src/react/index.js';
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

it('begins after its snapshot, and goes on where it was when shown again', async () => {
  const server = await serve({ broker: memoryBroker({ size: 5, entriesMax: 5 }) });
  const state = { board: messages<number>({ stream: 'board' }) };
  const { board } = defineLine(server.url, { ...quick, lingerMs: 0, state });
  const publish = (...values: number[]) => {
    for (const value of values) server.lines.publish('board', value);
  };
  publish(1, 2);
  const from = await server.lines.snapshot('board', () => [1, 2]);
  publish(3);
  const seen: number[] = [];
  function Read() {
    useMessages(board, (batch) => seen.push(...batch), { from });
    return null;
  }
  const at = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Read />
    </Activity>
  );
  const page = put(at('visible'));
  await until(() => seen.length === 1, 'what came after the snapshot is there');
  page.render(at('hidden'));
  await until(() => server.lines.counters().connections === 0, 'the line is closed');
  publish(4, 5);
  page.render(at('visible'));
  await until(() => seen.length === 3, 'what it missed is there');
  expect(seen).toEqual([3, 4, 5]);
});
