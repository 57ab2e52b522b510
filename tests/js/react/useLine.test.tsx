// @vitest-environment jsdom
import { renderToString } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import { useLine } from '../../../js/src/react/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
const serve = streamServerFixture();
const { put, putLine } = lineMounts();
const state = { chat: messages<string>({ stream: 'chat' }) };
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  server = await serve();
});

const define = (options = {}) =>
  defineLine(server.url, { ...quick, lingerMs: 0, ...options, state });

describe('useLine', () => {
  it('opens on mount, tells how the line is, and closes after unmount', async () => {
    const page = putLine({ definition: define() });
    await page.becomes('open');
    expect(page.now).toMatchObject({
      attempt: 0,
      retryAt: null,
      reason: null,
      error: null,
      queued: 0,
      latencyMs: null,
    });
    page.unmount();
    await until(() => server.lines.counters().connections === 0, 'the line is closed');
  });

  it.each([false, true])('shares one socket between components (StrictMode: %s)', async (is) => {
    const definition = define();
    const [a, b] = [putLine({ definition }, null, is), putLine({ definition }, null, is)];
    await a.becomes('open');
    await b.becomes('open');
    expect(server.lines.counters()).toMatchObject({ connections: 1, opened: 1 });
    a.unmount();
    await turns();
    expect(b.now.status).toBe('open');
    expect(server.lines.counters()).toMatchObject({ connections: 1, opened: 1 });
  });

  it('keeps the socket when the next component comes within lingerMs', async () => {
    const definition = define({ lingerMs: 60_000 });
    const first = putLine({ definition });
    await first.becomes('open');
    first.unmount();
    await turns();
    const second = putLine({ definition });
    expect(second.now.status).toBe('open');
    expect(server.lines.counters().opened).toBe(1);
  });

  it('sends, and its functions stay the same', async () => {
    const definition = define();
    const page = putLine({ definition });
    const { send, reconnect, close } = page.now;
    const receipt = send(definition.chat, 'hello');
    expect(receipt.state).toBe('queued');
    await page.becomes('open');
    expect((await receipt.settled).outcome).toBe('acked');
    expect([page.now.send, page.now.reconnect, page.now.close]).toEqual([send, reconnect, close]);
    expect(server.handled).toEqual([{ stream: 'chat', message: 'hello' }]);
  });

  it('closes for all, and connects again when asked to', async () => {
    const definition = define();
    const [a, b] = [putLine({ definition }), putLine({ definition })];
    await a.becomes('open');
    a.now.close();
    await b.becomes('closed');
    b.now.reconnect();
    await a.becomes('open');
  });

  it('calls the newest callbacks of each component', async () => {
    const definition = define();
    const [stale, onOutage, other] = [vi.fn(), vi.fn(), vi.fn()];
    let callbacks = { onOutage: stale };
    function Probe() {
      useLine(definition, callbacks);
      return null;
    }
    const probe = put(<Probe />);
    callbacks = { onOutage };
    probe.render(<Probe />);
    const page = putLine({ definition, callbacks: { onOutage: other } });
    await page.becomes('open');
    server.cut();
    await until(() => other.mock.calls.length === 1, 'the outage is over');
    expect(stale).not.toHaveBeenCalled();
    expect(onOutage).toHaveBeenCalledOnce();
  });

  it('refuses to send once it is unmounted', async () => {
    const page = putLine({ definition: define() });
    const { send } = page.now;
    page.unmount();
    expect(send('chat', 1)).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
  });

  it('throws for what is no definition', () => {
    const Wrong = () => {
      useLine('/line' as never);
      return null;
    };
    expect(() => renderToString(<Wrong />)).toThrow('give what defineLine() returned');
  });
});
