import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createLineServer,
  type LineServerEvent,
  type LineServerOptions,
  lineServer,
  memoryBroker,
} from '../../../js/src/server/index.js';
import { startLineServer } from '../../support/startLineServer.js';

const options: LineServerOptions<string> = {
  authenticate: () => 'ada',
  authorize: () => true,
};

/** This module as another module graph has it. */
async function otherCopy() {
  vi.resetModules();
  return await import('../../../js/src/server/index.js');
}

afterEach(async () => {
  for (const path of ['/openline', '/other']) {
    try {
      await lineServer(path).close();
    } catch {
      // There was none.
    }
  }
});

describe('createLineServer', () => {
  it('makes one server for each path', () => {
    const lines = createLineServer(options);
    expect(createLineServer(options)).toBe(lines);
    expect(createLineServer({ ...options, path: '/other' })).not.toBe(lines);
    expect(lines.path).toBe('/openline');
  });

  it('finds the server that another module graph has made', async () => {
    const lines = createLineServer(options);
    const other = await otherCopy();
    expect(other.createLineServer).not.toBe(createLineServer);
    expect(other.createLineServer(options)).toBe(lines);
    expect(other.lineServer()).toBe(lines);
  });

  it('publishes through either module graph, and takes the Reject of either', async () => {
    const server = await startLineServer();
    const other = await otherCopy();
    other.createLineServer<string>({
      authenticate: () => 'ada',
      authorize: () => true,
      onMessage: () => {
        throw new other.Reject(17, 'of another graph');
      },
    });
    const client = await server.dial();
    await client.hello([['board', null]]);
    await other.lineServer().publish('board', 1);
    expect((await client.batch()).values).toEqual([1]);
    client.say([2, 1, 'chat', 'x']);
    expect(await client.frame(4)).toEqual([4, 1, 17, 'of another graph']);
    await server.close();
  });

  it('puts newer functions in the place of the old ones, for open connections too', async () => {
    const server = await startLineServer({ onMessage: ({ reply }) => reply('old') });
    const client = await server.dial();
    await client.hello();
    createLineServer<string>({ ...options, onMessage: ({ reply }) => reply('new') });
    client.say([2, 1, 'chat', 'x']);
    expect(await client.frame(10)).toEqual([10, 1, 'new']);
    await server.close();
  });

  it('says which options it cannot change any more', () => {
    const events: LineServerEvent[] = [];
    const onEvent = (event: LineServerEvent) => events.push(event);
    createLineServer({ ...options, limits: { messageWindow: 8 } });
    createLineServer({ ...options, onEvent, limits: { messageWindow: 8 } });
    expect(events).toEqual([]);
    createLineServer({ ...options, onEvent, limits: { messageWindow: 9 }, idleMs: 90_000 });
    expect(events).toEqual([
      { type: 'ignored', option: 'limits' },
      { type: 'ignored', option: 'idleMs' },
    ]);
  });

  it('makes a broker only for a server that is really created', () => {
    const broker = vi.fn(() => memoryBroker());
    createLineServer({ ...options, broker });
    createLineServer({ ...options, broker });
    expect(broker).toHaveBeenCalledOnce();
  });

  it('makes a new server once the old one is closed', async () => {
    const lines = createLineServer(options);
    await lines.close();
    expect(createLineServer(options)).not.toBe(lines);
  });
});

describe('lineServer', () => {
  it('says what to do where there is none', () => {
    expect(() => lineServer('/nowhere')).toThrow("no line server at '/nowhere'; call create");
    expect(() => lineServer('nowhere')).toThrow(/path is "nowhere"; write it like/);
  });
});
