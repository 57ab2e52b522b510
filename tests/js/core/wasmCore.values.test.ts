import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CoreLine } from '../../../js/src/core/core.js';
import { HandleTable } from '../../../js/src/core/handleTable.js';
import { coreFixture } from '../../support/lineFixture.js';
import type { RecordingSink } from '../../support/recordingSink.js';
import { until } from '../../support/until.js';

const { server, lineWith } = coreFixture();
let sink: RecordingSink;
let line: CoreLine;
let kept: number;

beforeEach(() => {
  kept = 0;
  const { keep, take } = HandleTable.prototype;
  vi.spyOn(HandleTable.prototype, 'keep').mockImplementation(function (this: HandleTable, value) {
    kept += 1;
    return keep.call(this, value);
  });
  vi.spyOn(HandleTable.prototype, 'take').mockImplementation(function (this: HandleTable, handle) {
    kept -= 1;
    return take.call(this, handle);
  });
  ({ line, sink } = lineWith({ protocols: ['chat.v2', 'chat'] }));
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function open(): Promise<void> {
  line.open();
  await until(() => sink.status === 'open', 'the line is open');
}

describe('values', () => {
  it('come back as they went, in order: NUL, lone surrogates and binaries included', async () => {
    await open();
    const sent = ['', 'a\0b', 'é€😀', '\ud800', new Uint8Array([0, 255]), 'x'.repeat(100_000)];
    for (const value of sent) expect(line.send(value)).toBe('sent');
    await until(() => sink.messages.length === sent.length, 'all came back');
    const [empty, nul, wide, lone, binary, long] = sink.messages;
    expect([empty, nul, wide, lone]).toEqual(['', 'a\0b', 'é€😀', '\ufffd']);
    expect([...new Uint8Array(binary as ArrayBuffer)]).toEqual([0, 255]);
    expect(long).toBe(sent[5]);
  });

  it('leave nothing in the handle table once they were passed on', async () => {
    for (let i = 0; i < 100; i++) line.send(`waiting ${i}`);
    expect(kept).toBe(100);
    await open();
    for (let i = 0; i < 100; i++) line.send(`open ${i}`);
    await until(() => sink.messages.length === 200, 'all came back');
    expect(kept).toBe(0);
  });

  it('that were refused leave nothing either', async () => {
    await open();
    line.send({ byteLength: 1 } as unknown as ArrayBuffer);
    line.send('x'.repeat(67_108_865));
    line.close(undefined, '');
    line.send('too late');
    expect(kept).toBe(0);
  });
});

describe('drops', () => {
  it('of what waited when the line was closed are reported in order, and freed', () => {
    for (const value of ['a', 'b', 'c']) line.send(value);
    line.close(undefined, '');
    const drops = ['a', 'b', 'c'].map((value) => ({ kind: 'drop', value, cause: 'closed' }));
    expect(sink.of('drop')).toEqual(drops);
    expect(sink.status).toBe('closed');
    expect(kept).toBe(0);
  });

  it('of what the browser refuses when it gets its turn do not hold up the rest', async () => {
    line.send('before');
    line.send('poison');
    line.send('after');
    const { send } = WebSocket.prototype;
    vi.spyOn(WebSocket.prototype, 'send').mockImplementation(function (this: WebSocket, value) {
      if (value === 'poison') throw new TypeError('no such value');
      send.call(this, value);
    });
    await open();
    expect(sink.of('drop')).toEqual([{ kind: 'drop', value: 'poison', cause: 'unsendable' }]);
    await until(() => server.received.length === 2, 'the others have arrived');
    expect(server.received).toEqual(['before', 'after']);
    await until(() => sink.messages.length === 2, 'they came back');
    expect(kept).toBe(0);
  });

  it('of what a socket still says after it was closed are told to nobody', async () => {
    await open();
    server.connections[0]?.socket.send('late');
    line.close(undefined, '');
    await until(() => sink.status === 'closed', 'the line is closed');
    expect(sink.of('drop')).toEqual([]);
    expect(sink.messages).toEqual([]);
    expect(kept).toBe(0);
  });
});

describe('chosen', () => {
  it('tells the URL and the protocol of the newest socket', async () => {
    expect(line.chosen()).toEqual({ url: '', protocol: '', extensions: '' });
    await open();
    expect(line.chosen()).toMatchObject({ url: `${server.url}/`, protocol: 'chat.v2' });
    const offered = server.connections[0]?.request.headers['sec-websocket-protocol'];
    expect(offered?.split(/, ?/)).toEqual(['chat.v2', 'chat']);
  });
});

describe('setBinaryType', () => {
  it('changes what the next binary message is, on the open socket', async () => {
    await open();
    line.setBinaryType('blob');
    line.send(Uint8Array.of(1));
    await until(() => sink.messages.length === 1, 'it came back');
    expect(sink.messages[0]).toBeInstanceOf(Blob);
    line.setBinaryType('arraybuffer');
    line.send(Uint8Array.of(1));
    await until(() => sink.messages.length === 2, 'it came back');
    expect(sink.messages[1]).toBeInstanceOf(ArrayBuffer);
  });
});
