// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';

// Who decides whether there is another attempt: the application about each connection that was
// lost, nobody about one that the line let go by itself.

failOnComplaints();
const { network, useOpen, pass } = scriptedHookFixture();

const unlessNormal = (event: CloseEvent) => event.code !== 1000;

function show(visibilityState: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibilityState);
  document.dispatchEvent(new Event('visibilitychange'));
}

function transition(type: 'pagehide' | 'pageshow'): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
}

describe('shouldReconnect', () => {
  it('that is false for 1000 leaves a line closed that the server closed so', async () => {
    const hook = await useOpen({ shouldReconnect: unlessNormal });
    network().newest.end(1000);
    await hook.becomes('closed');
    await pass(60_000);
    expect(network().sockets).toHaveLength(1);
  });

  it('is not asked about a page that was stored and comes back', async () => {
    const hook = await useOpen({ shouldReconnect: unlessNormal });
    transition('pagehide');
    await hook.becomes('waiting');
    transition('pageshow');
    await pass(1_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('is not asked about a page that was hidden and closed its line', async () => {
    const shouldReconnect = vi.fn(unlessNormal);
    const hook = await useOpen({ hidden: 'close', hiddenAfterMs: 1_000, shouldReconnect });
    show('hidden');
    await pass(1_001);
    await hook.becomes('waiting');
    show('visible');
    await pass(1_000);
    expect(network().sockets).toHaveLength(2);
    expect(shouldReconnect).not.toHaveBeenCalled();
  });

  it('is asked about 4401 too, before the credentials are', async () => {
    const refresh = vi.fn();
    const hook = await useOpen({ auth: { refresh }, shouldReconnect: () => false });
    network().newest.end(4401);
    await hook.becomes('closed');
    await pass(60_000);
    expect(refresh).not.toHaveBeenCalled();
    expect(network().sockets).toHaveLength(1);
  });
});
