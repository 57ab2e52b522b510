// @vitest-environment jsdom
import { useLayoutEffect } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints, type Mounted, mount } from '../../support/mount.js';
import { until } from '../../support/until.js';

failOnComplaints();
let server: EchoServer;
let page: Mounted;

beforeEach(async () => {
  server = await new EchoServer().start();
});
afterEach(async () => {
  page.unmount();
  await server.stop();
});

interface RoomProps {
  url: string;
  onMessage: (event: MessageEvent) => void;
  /** Runs when the page has changed, before React has let go of the old line. */
  onCommit: (socket: WebSocket | null) => void;
}

function Room({ url, onMessage, onCommit }: RoomProps) {
  const { getWebSocket } = useWebSocket(url, { onMessage });
  useLayoutEffect(() => onCommit(getWebSocket()));
  return null;
}

it('a line that was replaced tells its successor nothing, even before it is let go', async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  let old: WebSocket | null = null;
  const keep = (socket: WebSocket | null) => {
    old = socket;
  };
  page = mount(<Room url={server.url} onMessage={first} onCommit={() => {}} />);
  page.render(<Room url={server.url} onMessage={first} onCommit={keep} />);
  await until(() => old?.readyState === 1, 'the first line is open');
  const sayMore = () => {
    old?.dispatchEvent(new MessageEvent('message', { data: 'from the first room' }));
  };
  page.render(<Room url={`${server.url}/2`} onMessage={second} onCommit={sayMore} />);
  expect(first).not.toHaveBeenCalled();
  expect(second).not.toHaveBeenCalled();
});

it('an unmounted component hears nothing more', async () => {
  const onMessage = vi.fn();
  let socket: WebSocket | null = null;
  const keep = (given: WebSocket | null) => {
    socket = given;
  };
  page = mount(<Room url={server.url} onMessage={onMessage} onCommit={() => {}} />);
  page.render(<Room url={server.url} onMessage={onMessage} onCommit={keep} />);
  await until(() => socket?.readyState === 1, 'the line is open');
  const held = socket as unknown as WebSocket;
  page.unmount();
  held.dispatchEvent(new MessageEvent('message', { data: 'too late' }));
  expect(onMessage).not.toHaveBeenCalled();
  await until(() => server.live === 0, 'the socket is closed');
});
