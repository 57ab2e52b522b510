import { connect } from 'node:net';

const FORM = {
  Host: '127.0.0.1',
  Origin: 'http://127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface Asked {
  readonly line?: string;
  /** Beside those of a proper upgrade, or in their place; several of a name, or none. */
  readonly headers?: Headers;
}

/** An upgrade request as it goes over the wire. */
export function upgradeHead(headers: Headers, line = 'GET /openline HTTP/1.1'): string {
  const sent = Object.entries({ ...FORM, ...headers }).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  return `${[line, ...sent].join('\r\n')}\r\n\r\n`;
}

/** The status line with which a server on loopback answers an upgrade; '' for none. */
export async function upgradeStatus(port: number, { line, headers = {} }: Asked = {}) {
  const socket = connect(port, '127.0.0.1');
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n', 1)[0] ?? ''));
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(''));
  });
  socket.write(upgradeHead(headers, line));
  const status = await answer;
  socket.destroy();
  return status;
}
