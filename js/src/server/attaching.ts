import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ignoreError, refuseUpgrade } from './upgradeAnswer.js';

/** An HTTP server: of `node:http`, `node:https`, `node:http2` with HTTP/1, or Vite. */
export interface UpgradeSource {
  /** As EventEmitter has it. */
  on(event: 'upgrade', listener: UpgradeListener): unknown;
  /** As EventEmitter has it. */
  off(event: 'upgrade', listener: UpgradeListener): unknown;
  /** As EventEmitter has it. */
  // biome-ignore lint/complexity/noBannedTypes: what EventEmitter declares
  listeners(event: 'upgrade'): Function[];
}

export type UpgradeListener = (request: IncomingMessage, raw: Duplex, head: Buffer) => void;

/** Here, because what an application sees of the types must not lead to those of `ws`. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly raw: Duplex;
  readonly head: Buffer;
}

const MARK = Symbol.for('openline.upgrade');

/**
 * An application of Express is a function, and a few others are objects, that emit no upgrades.
 *
 * @throws TypeError for what is no HTTP server
 */
export function checkUpgradeSource(server: unknown): asserts server is UpgradeSource {
  const { on, off, listeners } = (server ?? {}) as Partial<UpgradeSource>;
  const isEmitter = [on, off, listeners].every((method) => typeof method === 'function');
  if (isEmitter && typeof server === 'object') return;
  throw new TypeError(
    'openline: attach takes an HTTP server; with Express, give what app.listen() or ' +
      'createServer(app) returns',
  );
}

/**
 * Takes the upgrades of one path from an HTTP server and leaves all others to others. Where there
 * are no others, nobody would ever answer them, so then they get 404. Returns how to stop.
 */
export function listenForUpgrades(
  server: UpgradeSource,
  path: string,
  receive: (upgrade: Upgrade) => void,
): () => void {
  const listener: UpgradeListener = (request, raw, head) => {
    if (pathOf(request) === path) {
      // A server that is closing makes way for the one that was created in its place.
      if (!isTakenAfter(server, path, listener)) receive({ request, raw, head });
    } else if (isNobodys(request, server, listener)) {
      raw.on('error', ignoreError);
      refuseUpgrade(raw, 404, 'nothing is here');
    }
  };
  Reflect.set(listener, MARK, path);
  server.on('upgrade', listener);
  return () => {
    server.off('upgrade', listener);
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

function isTakenAfter(server: UpgradeSource, path: string, listener: UpgradeListener): boolean {
  const newest = server.listeners('upgrade').findLast((one) => Reflect.get(one, MARK) === path);
  return newest !== undefined && newest !== listener;
}

/** All listeners are ours, for other paths, and this is the last of them. */
function isNobodys(
  request: IncomingMessage,
  server: UpgradeSource,
  listener: UpgradeListener,
): boolean {
  const listeners = server.listeners('upgrade');
  if (listeners.at(-1) !== listener) return false;
  const path = pathOf(request);
  return listeners.every((one) => {
    const taken: unknown = Reflect.get(one, MARK);
    return taken !== undefined && taken !== path;
  });
}
