import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { checkUpgradeSource, listenForUpgrades } from '../../../js/src/server/attaching.js';

let server: EventEmitter;

beforeEach(() => {
  server = new EventEmitter();
});

function upgrade(url: string) {
  const raw = new PassThrough();
  server.emit('upgrade', { url }, raw, Buffer.alloc(0));
  return raw;
}

describe('listenForUpgrades', () => {
  it('takes its own path only, whatever the query', () => {
    const receive = vi.fn();
    listenForUpgrades(server, '/a', receive);
    for (const url of ['/a', '/a?b', '/a#b', '/a?']) upgrade(url);
    expect(receive).toHaveBeenCalledTimes(4);
    for (const url of ['/', '/a/', '/ab', '/A', 'http://host/a', '']) upgrade(url);
    expect(receive).toHaveBeenCalledTimes(4);
  });

  it('refuses what nobody takes, once, and survives its reset', () => {
    listenForUpgrades(server, '/a', vi.fn());
    listenForUpgrades(server, '/b', vi.fn());
    const raw = upgrade('/c');
    expect(String(raw.read())).toMatch(/^HTTP\/1.1 404 Not Found/);
    expect(() => raw.emit('error', new Error('ECONNRESET'))).not.toThrow();
  });

  it('does not refuse what another of ours takes, before or after it', () => {
    const [a, b] = [vi.fn(), vi.fn()];
    listenForUpgrades(server, '/a', a);
    listenForUpgrades(server, '/b', b);
    expect(upgrade('/a').read()).toBeNull();
    expect(upgrade('/b').read()).toBeNull();
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 1]);
  });

  it('takes nothing that a newer one of the same path takes', () => {
    const [older, newer] = [vi.fn(), vi.fn()];
    listenForUpgrades(server, '/a', older);
    const stop = listenForUpgrades(server, '/a', newer);
    upgrade('/a');
    expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([0, 1]);
    stop();
    upgrade('/a');
    expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([1, 1]);
  });

  it('leaves other paths to others where there are any', () => {
    listenForUpgrades(server, '/a', vi.fn());
    server.on('upgrade', () => {});
    expect(upgrade('/hmr').read()).toBeNull();
  });

  it('stops', () => {
    const receive = vi.fn();
    listenForUpgrades(server, '/a', receive)();
    upgrade('/a');
    expect(receive).not.toHaveBeenCalled();
    expect(server.listenerCount('upgrade')).toBe(0);
  });
});

describe('checkUpgradeSource', () => {
  it('takes servers of HTTP', () => {
    for (const source of [createServer(), createHttp2Server(), new EventEmitter()]) {
      expect(() => checkUpgradeSource(source)).not.toThrow();
    }
  });

  it('says what to give instead of an application or of nothing', () => {
    // As Express makes one: a function with the methods of an EventEmitter.
    const app = Object.assign(() => {}, EventEmitter.prototype);
    for (const wrong of [app, undefined, null, {}, 3_000, { on: () => {} }]) {
      expect(() => checkUpgradeSource(wrong)).toThrow(
        new TypeError(
          'openline: attach takes an HTTP server; with Express, give what app.listen() or ' +
            'createServer(app) returns',
        ),
      );
    }
  });
});
