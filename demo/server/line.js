/** The WebSocket endpoint /line: it echoes to its sender whatever it receives. */
import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { WebSocketServer } from 'ws';
import { Connection } from './connection.js';
import { commonHeaders, isSameOrigin } from './headers.js';
import { isVisitorId } from './visitors.js';

/** Room for the 16 MB messages of the tests, twice over. */
const messageBytesMax = 32 * 1024 * 1024;
/** How long a client may take to answer the close frame when the server leaves. */
const farewellMs = 500;

export function createLine(visitors) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytesMax,
    perMessageDeflate: false,
  });

  function upgrade(request, stream, head) {
    const { status, text, visitor } = judge(request, visitors);
    if (!visitor) {
      refuse(stream, status, text);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const connection = new Connection(socket);
      visitor.add(connection);
      socket.on('close', () => visitor.remove(connection));
      // A broken frame or a reset; `close` follows and is all that matters here.
      socket.on('error', () => {});
    });
    // `ws` turns a malformed handshake away by itself; then nobody came.
    visitor.settle();
  }

  async function close() {
    const clients = [...sockets.clients];
    for (const socket of clients) socket.close(1001, 'The demo server is leaving.');
    const late = setTimeout(() => {
      for (const socket of clients) socket.terminate();
    }, farewellMs);
    const open = clients.filter((socket) => socket.readyState !== socket.CLOSED);
    await Promise.all(open.map((socket) => once(socket, 'close')));
    clearTimeout(late);
  }

  return { upgrade, close };
}

/** Either the visitor who may come in, or the reason why nobody may. */
function judge(request, visitors) {
  const url = URL.canParse(request.url, 'http://demo.invalid')
    ? new URL(request.url, 'http://demo.invalid')
    : null;
  if (url?.pathname !== '/line') return { status: 404, text: 'There is no line here.' };
  if (!isSameOrigin(request)) return { status: 403, text: 'This line serves its own page only.' };
  const id = url.searchParams.get('client') ?? '';
  if (!isVisitorId(id)) return { status: 400, text: 'Say who you are: /line?client=<id>.' };
  const visitor = visitors.admit(id);
  if (!visitor) return { status: 503, text: 'Too many visitors. Try again later.' };
  if (visitor.isRefused) return { status: 503, text: 'Refused, as the visitor asked.' };
  if (visitor.isFull) return { status: 503, text: 'Too many connections of one visitor.' };
  return { visitor };
}

function refuse(stream, status, text) {
  const headers = { ...commonHeaders(), 'Content-Type': 'text/plain; charset=utf-8' };
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  // `ws` has not taken over, so nobody else listens: a reset here would end the process.
  stream.on('error', () => stream.destroy());
  stream.end(`${lines.join('\r\n')}\r\n\r\n${text}`, () => stream.destroy());
}
