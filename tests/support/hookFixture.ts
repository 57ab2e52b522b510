import { afterEach, beforeEach, vi } from 'vitest';
import { loadCore } from '../../js/src/core/loadCore.js';
import { EchoServer } from './echoServer.js';
import { FakeNetwork, fakeSocketClass } from './fakeSocket.js';
import { type HookProps, type MountedHook, mountHook } from './mountHook.js';
import { until } from './until.js';

function mounted(urlOf: () => string) {
  const hooks: MountedHook[] = [];
  afterEach(() => {
    for (const hook of hooks.splice(0)) hook.unmount();
  });
  const use = (props: Partial<HookProps> = {}): MountedHook => {
    const hook = mountHook({ url: urlOf(), ...props });
    hooks.push(hook);
    return hook;
  };
  return use;
}

/** Components that use the hook with a server on loopback. */
export function hookFixture() {
  const server = new EchoServer();
  beforeEach(async () => {
    server.reset();
    await server.start();
  });
  afterEach(() => server.stop());
  const use = mounted(() => server.url);
  const useOpen = async (options?: HookProps['options']): Promise<MountedHook> => {
    const hook = use(options === undefined ? {} : { options });
    await hook.becomes('open');
    return hook;
  };
  return { server, use, useOpen };
}

/**
 * Components that use the hook on a page whose clock and network a test plays: nothing waits in
 * real time.
 */
export function scriptedHookFixture() {
  let network = new FakeNetwork();
  beforeEach(async () => {
    await loadCore();
    network = new FakeNetwork();
    vi.stubGlobal('WebSocket', fakeSocketClass(network));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  });
  afterEach(() => {
    vi.advanceTimersByTime(0); // what was unmounted is let go
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const use = mounted(() => 'ws://host/');
  const useConnecting = async (props?: Partial<HookProps>): Promise<MountedHook> => {
    const count = network.sockets.length;
    const hook = use(props);
    await until(() => network.sockets.length > count, 'a socket is made');
    return hook;
  };
  const useOpen = async (options: HookProps['options'] = {}): Promise<MountedHook> => {
    const hook = await useConnecting({ options });
    network.newest.accept();
    await hook.becomes('open');
    return hook;
  };
  /** Lets time pass, in steps so that what is woken by promises has its turn. */
  const pass = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    network.settle();
  };
  return { network: () => network, use, useConnecting, useOpen, pass };
}
