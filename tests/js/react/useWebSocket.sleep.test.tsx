// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';

failOnComplaints();
const { network, useOpen, pass } = scriptedHookFixture();

describe('a machine that slept', () => {
  it('during the wait connects when it is awake', async () => {
    const hook = await useOpen({ reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    network().newest.fail();
    await hook.becomes('waiting');
    vi.setSystemTime(Date.now() + 3_600_000);
    document.dispatchEvent(new Event('resume'));
    await pass(201);
    expect(network().sockets).toHaveLength(2);
  });

  it('or whose clock was set, forward or back, keeps its open line', async () => {
    const hook = await useOpen({ heartbeat: { intervalMs: 1_000 } });
    for (const by of [3_600_000, -7_200_000]) {
      vi.setSystemTime(Date.now() + by);
      for (let i = 0; i < 3; i++) {
        await pass(1_100);
        network().newest.say('pong');
      }
    }
    expect(hook.now.status).toBe('open');
    expect(network().sockets).toHaveLength(1);
  });
});
