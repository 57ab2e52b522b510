import { beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveOptions } from '../../../js/src/core/options.js';
import { type SessionCallbacks, SocketSession } from '../../../js/src/core/socketSession.js';
import { sessionFixture } from '../../support/lineFixture.js';
import { userAt } from '../../support/sessionUser.js';
import { turns, until } from '../../support/until.js';

const { server, becomes } = sessionFixture();

let key = '';

// A line that was let go is there until the task after: no test joins that of another one.
beforeEach(({ task }) => {
  key = task.name;
});

function sharing(callbacks: SessionCallbacks = {}): SocketSession {
  return new SocketSession(
    userAt(() => server.url, callbacks),
    resolveOptions({}),
    key,
  );
}

describe('a line with several sessions', () => {
  it('asks the oldest that is left for its URL, and ends with the last', async () => {
    const url = vi.fn(() => server.url);
    const first = new SocketSession(userAt(url), resolveOptions({}), key);
    const second = sharing();
    first.acquire();
    second.acquire();
    await becomes(second, 'open');
    expect(url).toHaveBeenCalledOnce();
    first.discard();
    second.reconnect();
    await until(() => server.connectionCount === 2, 'it has reconnected');
    await becomes(second, 'open');
    expect(url).toHaveBeenCalledOnce();
    expect(first.getSnapshot().status).toBe('idle');
    second.discard();
    await until(() => server.live === 0, 'the socket is closed');
  });

  it('is joined by who comes in the task in which the last one left', async () => {
    const [first, second] = [sharing(), sharing()];
    first.acquire();
    await becomes(first, 'open');
    first.discard();
    expect(first.send('x').reason?.code).toBe('closed');
    second.acquire();
    expect(second.getSnapshot().status).toBe('open');
    await turns();
    expect(server.connectionCount).toBe(1);
    expect(server.live).toBe(1);
    second.discard();
  });

  it('passes on nothing to a session that has left it', async () => {
    const onMessage = vi.fn();
    const heard: string[] = [];
    const [first, second] = [
      sharing({ onMessage }),
      sharing({ onMessage: ({ data }) => heard.push(data) }),
    ];
    first.acquire();
    second.acquire();
    await becomes(second, 'open');
    first.discard();
    second.send('a');
    await until(() => heard.length === 1, 'it came back');
    expect(onMessage).not.toHaveBeenCalled();
    first.acquire();
    expect(first.getSnapshot()).toMatchObject({ status: 'open', lastMessage: null });
    first.discard();
    second.discard();
  });

  it('tells a session of what it sent before it came, and does not fit', async () => {
    const onDrop = vi.fn();
    const limits = resolveOptions({ queue: { maxMessages: 1 } });
    const first = new SocketSession(
      userAt(() => () => new Promise<string>(() => {})),
      limits,
      key,
    );
    const second = new SocketSession(
      userAt(() => server.url, { onDrop }),
      limits,
      key,
    );
    first.acquire();
    expect(first.send('a').state).toBe('queued');
    expect(second.send('b').state).toBe('queued');
    second.acquire();
    expect(onDrop.mock.calls).toEqual([[{ data: 'b', cause: 'overflow' }]]);
    first.discard();
    second.discard();
  });
});
