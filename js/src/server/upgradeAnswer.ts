import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers an upgrade with a status, and ends the connection. */
export function refuseUpgrade(raw: Duplex, status: number, text: string): void {
  if (!raw.writable) {
    raw.destroy();
    return;
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(status === 426 ? ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'] : []),
    ...(status === 405 ? ['Allow: GET'] : []),
  ];
  raw.once('finish', () => raw.destroy());
  raw.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

/** A socket without an `error` listener ends the process when it is reset. */
export function ignoreError(): void {}
