// @vitest-environment jsdom
import { useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useWebSocket } from '../../../js/src/react/index.js';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints, type Mounted, mount } from '../../support/mount.js';
import { type HookProps, type MountedHook, mountHook, quick } from '../../support/mountHook.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
let server: EchoServer;
let mounted: (MountedHook | Mounted)[];

beforeEach(async () => {
  server = await new EchoServer().start();
  mounted = [];
});
afterEach(async () => {
  for (const each of mounted) each.unmount();
  await server.stop();
});

async function useOpen(props: Partial<HookProps> = {}): Promise<MountedHook> {
  const hook = mountHook({ url: server.url, ...props });
  mounted.push(hook);
  await hook.becomes('open');
  return hook;
}

function push(count: number): void {
  for (let i = 0; i < count; i++) server.connections[0]?.socket.send(`{"n":${i}}`);
}

/** Counts what an effect on `lastMessage` sees, and shows the count. */
function Counter({ url, seen }: { url: string; seen: string[] }) {
  const { lastMessage } = useWebSocket(url);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (lastMessage === null) return;
    seen.push(lastMessage.data);
    setCount((before) => before + 1);
  }, [lastMessage, seen]);
  return <p>{count}</p>;
}

describe('lastMessage', () => {
  it('shows an effect that sets state each of 10,000 messages of a burst, in order', async () => {
    const seen: string[] = [];
    const page = mount(<Counter url={server.url} seen={seen} />);
    mounted.push(page);
    await until(() => server.live === 1, 'it is open');
    push(10_000);
    await until(() => seen.length >= 10_000, 'all were seen', 20_000);
    await turns();
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, i) => `{"n":${i}}`));
    expect(page.place.textContent).toBe('10000');
  }, 30_000);

  it('is null before the first, and again on another line', async () => {
    const hook = await useOpen({ read: (result) => void result.lastMessage });
    expect(hook.now.lastMessage).toBeNull();
    push(1);
    await until(() => hook.now.lastMessage?.data === '{"n":0}', 'it is shown');
    hook.render({ url: `${server.url}/other` });
    expect(hook.now.lastMessage).toBeNull();
  });

  it('is an event of the facade', async () => {
    const hook = await useOpen({ read: (result) => void result.lastMessage });
    push(1);
    await until(() => hook.now.lastMessage !== null, 'it is shown');
    expect(hook.now.lastMessage).toBeInstanceOf(MessageEvent);
    expect(hook.now.lastMessage?.target).toBe(hook.now.getWebSocket());
  });

  it('is left alone by what the filter turns away; onMessage gets all', async () => {
    const shown: unknown[] = [];
    const onMessage = vi.fn();
    const filter = ({ data }: MessageEvent) => data !== '{"n":1}';
    const hook = await useOpen({
      options: { filter, onMessage },
      read: ({ lastMessage }) => shown.push(lastMessage?.data),
    });
    push(3);
    await until(() => hook.now.lastMessage?.data === '{"n":2}', 'the last one is shown');
    expect(shown).not.toContain('{"n":1}');
    expect(onMessage).toHaveBeenCalledTimes(3);
  });

  it('that is not read renders nothing again', async () => {
    const onMessage = vi.fn();
    const hook = await useOpen({ options: { onMessage } });
    const before = hook.renderCount;
    push(100);
    await until(() => onMessage.mock.calls.length === 100, 'all came in');
    await turns();
    expect(hook.renderCount).toBe(before);
  });

  it('that is read from now on is the newest that came in before', async () => {
    const onMessage = vi.fn();
    const hook = await useOpen({ options: { onMessage } });
    push(2);
    await until(() => onMessage.mock.calls.length === 2, 'both came in');
    expect(hook.now.lastMessage).toBeNull();
    await until(() => hook.now.lastMessage?.data === '{"n":1}', 'the newest is shown');
  });
});

describe('lastJsonMessage', () => {
  const read = (result: MountedHook['now']) => void result.lastJsonMessage;

  it('is the message parsed, once for all who read it', async () => {
    const parsed = vi.spyOn(JSON, 'parse');
    const hook = await useOpen({ read });
    expect(hook.now.lastJsonMessage).toBeNull();
    push(1);
    await until(() => hook.now.lastJsonMessage !== null, 'it is shown');
    hook.render();
    expect(hook.now.lastJsonMessage).toEqual({ n: 0 });
    expect(hook.now.lastJsonMessage).toBe(hook.now.lastJsonMessage);
    expect(parsed.mock.calls.filter(([text]) => text === '{"n":0}')).toHaveLength(1);
  });

  it('is {} for what is no JSON', async () => {
    const hook = await useOpen({ read });
    server.connections[0]?.socket.send('not JSON');
    await until(() => hook.now.lastMessage !== null, 'it is shown');
    expect(hook.now.lastJsonMessage).toEqual({});
  });

  it('stays null when it is switched off, and renders nothing again', async () => {
    const onMessage = vi.fn();
    const hook = await useOpen({ read, options: { ...quick, disableJson: true, onMessage } });
    const before = hook.renderCount;
    push(10);
    await until(() => onMessage.mock.calls.length === 10, 'all came in');
    await turns();
    expect(hook.renderCount).toBe(before);
    hook.render();
    expect(hook.now.lastJsonMessage).toBeNull();
    expect(hook.now.lastMessage).toBeNull();
    await until(() => hook.now.lastMessage?.data === '{"n":9}', 'the newest is shown');
    expect(hook.now.lastJsonMessage).toBeNull();
  });
});

describe('sending', () => {
  it('answers with what became of the message', async () => {
    const hook = await useOpen({ options: { ...quick, messageBytesMax: 10 } });
    const { sendMessage, sendJsonMessage, close } = hook.now;
    expect(sendMessage('a')).toEqual({ state: 'sent' });
    expect(sendJsonMessage({ b: 1 })).toEqual({ state: 'sent' });
    expect(sendMessage('12345678901').reason?.code).toBe('too-large');
    expect(sendMessage({} as string).reason?.code).toBe('unsendable');
    close();
    expect(sendMessage('c').reason?.code).toBe('closed');
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['a', '{"b":1}']);
  });

  it('queues while the line is not open, unless told not to keep the message', async () => {
    const hook = mountHook({ url: server.url });
    mounted.push(hook);
    const { sendMessage, sendJsonMessage } = hook.now;
    expect(sendMessage('kept')).toEqual({ state: 'queued' });
    expect(sendMessage('not kept', false)).toMatchObject({
      state: 'refused',
      reason: { code: 'closed' },
    });
    expect(sendJsonMessage(['kept'], true)).toEqual({ state: 'queued' });
    expect(sendJsonMessage(['not kept'], false).state).toBe('refused');
    await until(() => hook.now.queued === 2, 'the count is shown');
    await until(() => server.received.length === 2, 'what was kept has arrived');
    expect(server.received).toEqual(['kept', '["kept"]']);
    expect(sendMessage('now', false)).toEqual({ state: 'sent' });
    expect(hook.now.queued).toBe(0);
  });

  it('refuses what has no JSON form, and never throws', async () => {
    const { now } = await useOpen();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const values = [circle, 10n, undefined, () => {}, Symbol('x')];
    for (const value of values) {
      expect(now.sendJsonMessage(value)).toMatchObject({
        state: 'refused',
        reason: { code: 'unsendable', message: expect.stringContaining('has no JSON form') },
      });
    }
    expect(server.received).toEqual([]);
  });
});
