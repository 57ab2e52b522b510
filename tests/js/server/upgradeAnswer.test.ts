import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ignoreError, refuseUpgrade } from '../../../js/src/server/upgradeAnswer.js';

async function answered(status: number, text: string): Promise<string> {
  const raw = new PassThrough();
  const chunks: Buffer[] = [];
  raw.on('data', (chunk: Buffer) => chunks.push(chunk));
  refuseUpgrade(raw, status, text);
  await new Promise((resolve) => raw.once('close', resolve));
  return Buffer.concat(chunks).toString();
}

describe('refuseUpgrade', () => {
  it('answers with a status, and ends the connection', async () => {
    expect(await answered(403, 'origin not allowed')).toBe(
      'HTTP/1.1 403 Forbidden\r\nConnection: close\r\n' +
        'Content-Type: text/plain; charset=utf-8\r\nContent-Length: 18\r\n\r\norigin not allowed',
    );
  });

  it('says what would do instead', async () => {
    expect(await answered(405, 'x')).toContain('Allow: GET\r\n');
    expect(await answered(426, 'x')).toContain('Sec-WebSocket-Version: 13\r\n');
  });

  it('only ends one that cannot be written to any more', () => {
    const raw = new PassThrough();
    raw.end();
    refuseUpgrade(raw, 403, 'x');
    expect(raw.destroyed).toBe(true);
  });
});

it('ignores errors', () => {
  expect(ignoreError()).toBeUndefined();
});
