import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import type { Publications } from '../../../js/src/core/coreStreams.js';
import { MessagePassing } from '../../../js/src/core/messagePassing.js';
import { PlainReaders } from '../../../js/src/core/plainReaders.js';
import type { SieveSpec } from '../../../js/src/core/sieve.js';
import { uncaught } from '../../support/uncaught.js';

const refused = vi.fn();
let plain: PlainReaders;
let passing: MessagePassing;
beforeEach(() => {
  vi.clearAllMocks();
  plain = new PlainReaders();
  passing = new MessagePassing(undefined, refused);
});

const receiveText = (data: string) => {
  const message = passing.message(new MessageEvent('message', { data }));
  if (message !== null) passing.pass(message, plain.all);
};
const receive = (value: unknown) => receiveText(JSON.stringify(value));

function read(spec: SieveSpec = {}) {
  const batches: Publications[] = [];
  const statuses: string[] = [];
  const reader = plain.read(spec, {
    published: (batch) => batches.push(batch),
    changed: (status) => statuses.push(status),
  });
  return { reader, batches, statuses, seen: () => batches.flatMap((batch) => batch.values()) };
}

describe('an answer to a heartbeat', () => {
  const event = new MessageEvent('message', { data: 'pong' });
  const message = (heartbeat: ConstructorParameters<typeof MessagePassing>[0]) =>
    new MessagePassing(heartbeat, refused).message(event);

  it('is no message, whoever knows it', () => {
    expect(message({ returnMessage: 'pong' })).toBeNull();
    expect(message({ returnMessage: ({ data }) => data === 'pong' })).toBeNull();
    for (const heartbeat of [undefined, true, { returnMessage: 'other' }]) {
      expect(message(heartbeat)?.data).toBe('pong');
    }
  });

  it('is a message where nobody can tell, and the page hears why', async () => {
    let read: unknown;
    const errors = await uncaught(async () => {
      read = message({
        returnMessage: () => {
          throw new Error('no idea');
        },
      });
    });
    expect(read).not.toBeNull();
    expect(errors).toEqual([new Error('no idea')]);
  });
});

describe('messages of a line without streams', () => {
  it('reach each reader as far as they match, while the line is open', () => {
    const [all, prices] = [read(), read({ match: { '/type': 'price' }, value: '/v' })];
    plain.changed(true);
    for (const message of [{ type: 'price', v: 1 }, { type: 'x' }, { type: 'price', v: 2 }]) {
      receive(message);
    }
    expect(prices.seen()).toEqual([1, 2]);
    expect(all.seen()).toHaveLength(3);
    expect(all.batches.map(({ count, epoch, last }) => [count, epoch, last])).toEqual([
      [1, '', 1],
      [1, '', 2],
      [1, '', 3],
    ]);
    expect(new TextDecoder().decode(all.batches[1]?.bytes)).toBe('{"type":"x"}');
    expect(all.batches[1]?.tail(1)).toBe(all.batches[1]);
  });

  it('may be bytes', () => {
    const { batches } = read();
    plain.changed(true);
    const data = new TextEncoder().encode('[1]').buffer;
    receiveText(data as unknown as string);
    expect(batches[0]?.values()).toEqual([[1]]);
    expect(batches[0]?.bytes).toEqual(new Uint8Array(data));
  });

  it('of a stream pass the same sieve', () => {
    const published = vi.fn();
    const { published: sieved } = passing.sieved({ match: { '/a': 1 } }, { published });
    const of = (text: string) => new Batch(new TextEncoder().encode(text), 1, ['e1', 1]);
    sieved(of('{"a":2}'));
    sieved(of('{"a":1}'));
    expect(published.mock.calls.map(([batch]) => batch.values())).toEqual([[{ a: 1 }]]);
  });

  it('are not parsed for those who have left', () => {
    const { reader, batches } = read();
    plain.changed(true);
    reader.leave();
    expect(plain.all.size).toBe(0);
    receiveText('{');
    expect([batches.length, refused.mock.calls.length]).toEqual([0, 0]);
  });

  it('go on behind one that is no JSON', () => {
    const { batches } = read();
    plain.changed(true);
    receiveText('{');
    receive(1);
    expect(batches.map((batch) => batch.values())).toEqual([[1]]);
    expect(refused).toHaveBeenCalledOnce();
  });
});
