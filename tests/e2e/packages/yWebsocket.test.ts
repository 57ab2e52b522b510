import { createDecoder, readVarUint } from 'lib0/decoding';
import { createEncoder, length, toUint8Array, writeVarUint } from 'lib0/encoding';
import { afterEach, it } from 'vitest';
import type { WebSocket } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import { Doc } from 'yjs';
import { ResilientWebSocket } from '../../../js/src/websocket.js';
import { until } from '../../support/until.js';
import { countedSockets, RestartedServer } from './support/restartedServer.js';
import { survivesRestarts } from './support/restarts.js';

const SYNC = 0; // the messages that the protocol of y-websocket numbers so
const kept = new Doc();

/** The server of y-websocket as far as one document needs it. */
function serve(socket: WebSocket): void {
  const say = (write: (encoder: ReturnType<typeof createEncoder>) => void) => {
    const encoder = createEncoder();
    writeVarUint(encoder, SYNC);
    write(encoder);
    if (length(encoder) > 1) socket.send(toUint8Array(encoder));
  };
  const publish = (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) say((encoder) => writeUpdate(encoder, update));
  };
  kept.on('update', publish);
  socket.on('close', () => kept.off('update', publish));
  socket.on('message', (message) => {
    const decoder = createDecoder(new Uint8Array(message as Buffer));
    if (readVarUint(decoder) !== SYNC) return;
    say((encoder) => readSyncMessage(decoder, encoder, kept, socket));
  });
  say((encoder) => writeSyncStep1(encoder, kept));
}

const server = new RestartedServer((wss) => wss.on('connection', serve));

afterEach(() => server.stop());

it('y-websocket syncs both ways after each restart, on one socket', async () => {
  await server.start();
  const sockets = countedSockets();
  const doc = new Doc();
  const provider = new WebsocketProvider(server.url, 'room', doc, {
    WebSocketPolyfill: ResilientWebSocket.with({ maxRetries: 0 }),
    maxBackoffTime: 50,
    disableBc: true,
  });
  await survivesRestarts(server, sockets, (round) => {
    doc.getMap('client').set('round', round);
    kept.getMap('server').set('round', round);
    return () =>
      provider.wsconnected &&
      kept.getMap('client').get('round') === round &&
      doc.getMap('server').get('round') === round;
  });
  provider.destroy();
  await until(() => sockets.live === 0 && server.live === 0, 'none is left');
});
