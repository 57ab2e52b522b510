// @vitest-environment jsdom
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints, type Mounted, mount, strict } from '../../support/mount.js';
import { until } from '../../support/until.js';

failOnComplaints();
let server: EchoServer;
let page: Mounted | undefined;

beforeEach(async () => {
  server = await new EchoServer().start();
});
afterEach(async () => {
  page?.unmount();
  await server.stop();
  vi.unstubAllGlobals();
});

function Status({ url }: { url: string | null }) {
  const { status, readyState, lastMessage } = useWebSocket(url);
  return (
    <p>
      {status} {readyState} {lastMessage?.data ?? 'nothing'}
    </p>
  );
}

function onServer(url: string | null): string {
  vi.stubGlobal('document', undefined);
  const html = renderToString(<Status url={url} />);
  vi.unstubAllGlobals();
  return html;
}

it.each([false, true])('hydrates without a mismatch, then opens (StrictMode: %s)', async (is) => {
  const html = onServer(server.url);
  const node = <Status url={server.url} />;
  page = mount(is ? strict(node) : node, { html });
  await until(() => page?.place.textContent === 'open 1 nothing', 'it shows that it is open');
  server.connections[0]?.socket.send('hello');
  await until(() => page?.place.textContent === 'open 1 hello', 'it shows the message');
  expect(server.connectionCount).toBe(1);
});

it('hydrates a page without a URL', () => {
  page = mount(<Status url={null} />, { html: onServer(null) });
  expect(page.place.textContent).toBe('idle -1 nothing');
});
