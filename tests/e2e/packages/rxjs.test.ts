import { retry } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { afterEach, describe, it } from 'vitest';
import { ResilientWebSocket } from '../../../js/src/websocket.js';
import { until } from '../../support/until.js';
import { countedSockets, RestartedServer } from './support/restartedServer.js';
import { survivesRestarts } from './support/restarts.js';

const server = new RestartedServer((wss) => {
  wss.on('connection', (socket) => {
    socket.on('message', (message) => socket.send(message.toString()));
  });
});

afterEach(() => server.stop());

describe('webSocket of RxJS', () => {
  it('with a class of one connection reconnects by retry, on one socket', async () => {
    await server.start();
    const sockets = countedSockets();
    const subject = webSocket<number>({
      url: server.url,
      WebSocketCtor: ResilientWebSocket.with({ maxRetries: 0 }),
    });
    const got: number[] = [];
    const subscription = subject.pipe(retry({ delay: 20 })).subscribe((each) => got.push(each));
    await survivesRestarts(server, sockets, (round) => () => {
      subject.next(round);
      return got.includes(round);
    });
    subscription.unsubscribe();
    await until(() => sockets.live === 0 && server.live === 0, 'none is left');
  });
});
