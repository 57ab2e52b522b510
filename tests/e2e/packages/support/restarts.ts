import { expect } from 'vitest';
import { until } from '../../../support/until.js';
import type { RestartedServer } from './restartedServer.js';

const RESTARTS = 3;
const LIMIT_MS = 30_000;

/**
 * Restarts the server three times. After each the client must do its work again, on the one socket
 * that it has: no other was accepted, none is on its way.
 *
 * @param works does a piece of work that no earlier one can stand for; answers whether it is done
 */
export async function survivesRestarts(
  server: RestartedServer,
  sockets: { readonly live: number },
  works: (round: number) => () => boolean,
): Promise<void> {
  for (let round = 0; round <= RESTARTS; round++) {
    if (round > 0) await server.restart();
    const isDone = works(round);
    await until(isDone, `round ${round} is done`, LIMIT_MS);
    expect({ round, opened: server.opened, live: server.live, sockets: sockets.live }).toEqual({
      round,
      opened: round + 1,
      live: 1,
      sockets: 1,
    });
  }
}
