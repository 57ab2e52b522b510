import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core, CoreLine, SendFate } from '../../../js/src/core/core.js';
import { type LineOptions, resolveOptions } from '../../../js/src/core/options.js';
import { startCore } from '../../../js/src/core/wasmCore.js';
import { coreModule, packedCore } from '../../support/coreModule.js';
import { EchoServer } from '../../support/echoServer.js';
import { RecordingSink } from '../../support/recordingSink.js';
import { until } from '../../support/until.js';

const soon = { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 };
let core: Core;
let server: EchoServer;
let lines: CoreLine[];

beforeEach(async () => {
  core = await startCore({ wasmModule: await coreModule() }, undefined, () => {});
  server = await new EchoServer().start();
  lines = [];
});
afterEach(async () => {
  for (const line of lines) line.dispose();
  await server.stop();
});

function lineWith(options: LineOptions = {}, url: RecordingSink['url'] = server.url) {
  const sink = new RecordingSink(url);
  const config = resolveOptions({ reconnect: soon, ...options });
  const line = core.createLine({ ...config, binaryType: 'arraybuffer' }, sink);
  sink.line = line;
  lines.push(line);
  return { line, sink };
}

async function openLine(options?: LineOptions) {
  const made = lineWith(options);
  made.line.open();
  await until(() => made.sink.status === 'open', 'the line is open');
  return made;
}

describe('startCore', () => {
  it('starts from the packed bytes of the bundle', async () => {
    const packed = await startCore({}, await packedCore(), () => {});
    const sink = new RecordingSink(null);
    const line = packed.createLine({ ...resolveOptions({}), binaryType: 'blob' }, sink);
    line.open();
    expect(sink.kinds).toEqual(['status', 'url']);
    line.dispose();
  });

  it('makes no line with an option out of range', () => {
    const config = { ...resolveOptions({}), values: resolveOptions({}).values.with(0, -1) };
    const attempt = () =>
      core.createLine({ ...config, binaryType: 'blob' }, new RecordingSink(null));
    expect(attempt).toThrow(TypeError);
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
    [4401, 'auth', '4401'],
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
    const { line, sink } = lineWith({}, 'ftp://example.com');
    line.open();
    const failed = sink.of('status').at(-1);
    expect(failed).toMatchObject({ status: 'failed', reason: 'url', error: { code: 'url' } });
    expect(failed?.error?.message).toContain("'ftp:'");
  });

  it('is failed with reason url when the browser refuses the socket', () => {
    // The core itself does not check protocols: options.ts does.
    const sink = new RecordingSink(server.url);
    const config = { ...resolveOptions({}), protocols: ['not a token'] };
    const line = core.createLine({ ...config, binaryType: 'blob' }, sink);
    sink.line = line;
    line.open();
    expect(sink.of('status').at(-1)).toMatchObject({ status: 'failed', reason: 'url' });
    expect(sink.of('status').at(-1)?.error?.message).toContain('the browser refused');
  });

  it('loses its error once the line is open', async () => {
    const { line, sink } = lineWith({}, null);
    line.open();
    line.urlFailed(sink.of('url').at(-1)?.socket ?? 0, new Error('no token'));
    const waiting = sink.of('status').at(-1);
    expect(waiting).toMatchObject({ status: 'waiting', error: { code: 'url' } });
    expect(waiting?.error?.message).toContain('(no token)');
    sink.url = server.url;
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
    const failing = lineWith({}, 'nowhere');
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
    expect(sink.of('flush')).toHaveLength(2);
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
