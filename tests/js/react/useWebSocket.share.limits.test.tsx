// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { DropNotice } from '../../../js/src/core/socketSession.js';
import type { UseWebSocketOptions } from '../../../js/src/react/index.js';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import type { MountedHook } from '../../support/mountHook.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
const { server, use } = hookFixture();
const quickly = { reconnect: { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 } };

const sharing = (options: UseWebSocketOptions = {}): MountedHook =>
  use({ options: { ...quickly, share: true, ...options } });

describe('what a component had sent before it joined', () => {
  it.each(['refuse', 'drop-newest'] as const)(
    'is told of once where %s drops it',
    async (overflow) => {
      const queue = { maxMessages: 1, overflow };
      const first = sharing({ queue, reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
      await first.becomes('open');
      server.cut();
      await first.becomes('waiting');
      first.now.sendMessage('fills the queue');
      const dropped: unknown[] = [];
      const onDrop = ({ data, cause }: DropNotice) => dropped.push([data, cause]);
      const late = use({ options: { share: true, queue, onDrop }, connect: false });
      late.now.sendMessage('too much');
      late.render({ connect: true });
      await turns(5);
      expect(dropped).toEqual([['too much', 'overflow']]);
    },
  );
});

describe('a shared line', () => {
  it('is made anew with other limits where nobody else uses it', async () => {
    const hook = sharing({ queue: { maxMessages: 0 } });
    await hook.becomes('open');
    hook.render({ options: { ...quickly, share: true, queue: { maxMessages: 7 } } });
    await until(() => server.connectionCount === 2, 'another line has come');
    await until(() => server.live === 1, 'the one before has gone');
    const [one, other] = [hook, sharing({ queue: { maxMessages: 7 } })];
    other.render({ options: { ...quickly, share: true, queue: { maxMessages: 9 } } });
    await turns(5);
    expect(server.connectionCount).toBe(2);
    expect([one.now.status, other.now.status]).toEqual(['open', 'open']);
  });
});
