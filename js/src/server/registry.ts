import type { LineServer } from './lineServer.js';

/**
 * The servers of this process by path. They hang on `globalThis`, because an application's bundle
 * and the server that loads it are two module graphs with a copy of this module each.
 */
export function lineServers(): Map<string, LineServer> {
  const held = globalThis as { [KEY]?: Map<string, LineServer> };
  held[KEY] ??= new Map();
  return held[KEY];
}

const KEY = Symbol.for('openline');
