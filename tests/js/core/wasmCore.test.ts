import { describe, expect, it } from 'vitest';
import type { SendFate } from '../../../js/src/core/core.js';
import type { LineUrl } from '../../../js/src/core/lineUrl.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { coreFixture, soon } from '../../support/lineFixture.js';
import { until } from '../../support/until.js';

const { server, lineWith, openLine } = coreFixture();

describe('createLine', () => {
  it('makes no line with an option out of range', () => {
    const values = resolveOptions({}).values.with(0, -1);
    expect(() => lineWith({}, { values })).toThrow(TypeError);
  });
});

describe('status', () => {
  it('goes from connecting to open, closing and closed', async () => {
    const { line, sink } = await openLine();
    line.close(1000, 'bye');
    await until(() => sink.status === 'closed', 'the line is closed');
    expect(sink.statuses).toEqual(['connecting', 'connecting', 'open', 'closing', 'closed']);
    expect(sink.of('close')).toEqual([
      { kind: 'close', code: 1000, wasClean: true, reason: 'bye' },
    ]);
  });

  it('is waiting after a cut, with the attempt and the instant of the next one', async () => {
    const { sink } = await openLine();
    server.cut();
    await until(() => sink.statuses.includes('waiting'), 'the line waits');
    const waiting = sink.of('status').find(({ status }) => status === 'waiting');
    expect(waiting).toMatchObject({ reason: null, attempt: 1, error: null });
    expect(waiting?.retryAt).toBeGreaterThan(0);
    expect(sink.of('close')).toMatchObject([{ code: 1006, wasClean: false, reason: '' }]);
    await until(() => sink.of('open').length === 2, 'the line is open again');
  });

  it.each([
    [4403, 'auth', '4403'],
    [1008, 'rejected', 'will not help'],
    [4404, 'rejected', 'will not help'],
  ])('is failed after %d, with reason %s and an error', async (code, reason, part) => {
    const { sink } = await openLine();
    server.close(code, 'grüße');
    await until(() => sink.status === 'failed', 'the line has failed');
    const failed = sink.of('status').at(-1);
    expect(failed).toMatchObject({ reason, error: { name: 'OpenlineError', code: 'failed' } });
    expect(failed?.error?.message).toContain(part);
    expect(sink.of('close')).toEqual([{ kind: 'close', code, wasClean: true, reason: 'grüße' }]);
  });

  it('is failed with reason attempts when the last retry has failed', async () => {
    const { sink } = await openLine({ reconnect: { ...soon, attempts: 2 } });
    await server.stop();
    await until(() => sink.status === 'failed', 'the line has failed');
    expect(sink.of('status').at(-1)).toMatchObject({ reason: 'attempts', attempt: 2 });
    expect(sink.of('close')).toHaveLength(3);
    expect(sink.of('error')).toHaveLength(2);
  });

  it('is failed with reason url for what is no URL, and says what is wrong with it', () => {
    const { line, sink } = lineWith({}, { url: () => 'ftp://example.com' });
    line.open();
    const failed = sink.of('status').at(-1);
    expect(failed).toMatchObject({ status: 'failed', reason: 'url', error: { code: 'url' } });
    expect(failed?.error?.message).toContain("'ftp:'");
  });

  it('is failed with reason url when the browser refuses the socket', () => {
    // The core itself does not check protocols: options.ts does.
    const { line, sink } = lineWith({}, { protocols: ['not a token'] });
    line.open();
    expect(sink.of('status').at(-1)).toMatchObject({ status: 'failed', reason: 'url' });
    expect(sink.of('status').at(-1)?.error?.message).toContain('the browser refused');
  });

  it('loses its error once the line is open', async () => {
    let url = (): LineUrl => {
      throw new Error('no token');
    };
    const { line, sink } = lineWith({}, { url: () => url() });
    line.open();
    const waiting = sink.of('status').at(-1);
    expect(waiting).toMatchObject({ status: 'waiting', error: { code: 'url' } });
    expect(waiting?.error?.message).toContain('(no token)');
    url = () => server.url;
    await until(() => sink.status === 'open', 'the line is open');
    expect(sink.of('status').at(-1)?.error).toBeNull();
  });
});

describe('send', () => {
  it('gives the fate of each message at once', async () => {
    const options = { messageBytesMax: 8, queue: { maxMessages: 2, maxBytes: 8 } };
    const { line, sink } = lineWith(options);
    const fates: Record<string, SendFate> = {};
    fates['idle'] = line.send('12');
    fates['bytes'] = line.send('1234567');
    line.open();
    fates['connecting'] = line.send('34');
    fates['messages'] = line.send('56');
    fates['large'] = line.send('123456789');
    await until(() => sink.status === 'open', 'the line is open');
    fates['open'] = line.send('78');
    fates['unsendable'] = line.send({ byteLength: 1 } as unknown as ArrayBuffer);
    await until(() => server.received.length === 3, 'all has arrived');
    line.close(undefined, '');
    fates['closing'] = line.send('9');
    await until(() => sink.status === 'closed', 'the line is closed');
    fates['closed'] = line.send('9');
    const failing = lineWith({}, { url: () => 'nowhere' });
    failing.line.open();
    fates['failed'] = failing.line.send('9');
    expect(fates).toEqual({
      idle: 'queued',
      bytes: 'queue-bytes',
      connecting: 'queued',
      messages: 'queue-messages',
      large: 'too-large',
      open: 'sent',
      unsendable: 'unsendable',
      closing: 'closed',
      closed: 'closed',
      failed: 'failed',
    });
    expect(server.received).toEqual(['12', '34', '78']);
  });

  it('counts what waits, in messages and in bytes of UTF-8', async () => {
    const { line, sink } = lineWith();
    line.send('é');
    line.send(Uint8Array.of(1, 2, 3));
    expect(line.queued()).toBe(2);
    expect(line.bufferedAmount()).toBe(5);
    line.open();
    await until(() => sink.status === 'open', 'the line is open');
    expect(line.queued()).toBe(0);
  });

  it('keeps a buffer as it was when it had to wait', async () => {
    const { line } = lineWith();
    const bytes = Uint8Array.of(1, 2, 3);
    line.send(bytes);
    bytes.fill(9);
    line.open();
    await until(() => server.received.length === 1, 'it has arrived');
    expect(server.received).toEqual([Buffer.of(1, 2, 3)]);
  });
});
