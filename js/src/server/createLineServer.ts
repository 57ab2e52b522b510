import type { Handlers } from './handlers.js';
import { LineServer } from './lineServer.js';
import { checkedPath, type LineServerOptions, resolveSettings } from './options.js';
import { lineServers } from './registry.js';

/**
 * The line server of a path. There is one for each path of a process: called again for it, by
 * another copy of this module or after a hot reload, this puts the new functions (`authenticate`,
 * `authorize`, `onMessage`, …) in the place of the old ones and answers the server that runs; all
 * other options stay as they were, and an `ignored` event names those that were given anew.
 *
 * It listens nowhere by itself: `attach` it to an HTTP server.
 *
 * @throws TypeError or RangeError that names the option that is wrong.
 */
export function createLineServer<User>(options: LineServerOptions<User>): LineServer {
  // Each user that reaches a function of the application came from its `authenticate`.
  const erased = options as unknown as LineServerOptions<unknown>;
  const settings = resolveSettings(erased);
  const handlers = handlersOf(erased);
  const servers = lineServers();
  const running = servers.get(settings.path);
  if (running) {
    running.update(settings, handlers);
    return running;
  }
  const server = new LineServer(settings, handlers);
  servers.set(settings.path, server);
  return server;
}

/**
 * The line server that runs at this path, from wherever in the process.
 *
 * @throws Error if there is none.
 */
export function lineServer(path = '/openline'): LineServer {
  const server = lineServers().get(checkedPath(path));
  if (server) return server;
  throw new Error(`openline: no line server at '${path}'; call createLineServer before`);
}

function handlersOf(options: Handlers<unknown>): Handlers<unknown> {
  const { authenticate, authorize, userId, onMessage, recheck, onEvent } = options;
  return { authenticate, authorize, userId, onMessage, recheck, onEvent };
}
