import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Publications } from '../../../js/src/core/coreStreams.js';
import { PlainMessage } from '../../../js/src/core/plainMessage.js';
import { PlainMessages } from '../../../js/src/core/plainMessages.js';
import type { SieveSpec } from '../../../js/src/core/sieve.js';

let plain: PlainMessages;
beforeEach(() => {
  plain = new PlainMessages();
});

const refused = vi.fn();
const receive = (value: unknown) =>
  plain.received(new PlainMessage(JSON.stringify(value), refused));

function read(spec: SieveSpec = {}) {
  const batches: Publications[] = [];
  const statuses: string[] = [];
  const reader = plain.read(spec, {
    published: (batch) => batches.push(batch),
    changed: (status) => statuses.push(status),
  });
  return { reader, batches, statuses, seen: () => batches.flatMap((batch) => batch.values()) };
}

describe('readers of a line without streams', () => {
  it('get what matches, of all that comes in while the line is open', () => {
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
  });

  it('are live while the line is', () => {
    const { reader, statuses } = read();
    expect(reader.status).toBe('subscribing');
    plain.changed(true);
    plain.changed(true);
    plain.changed(false);
    expect(statuses).toEqual(['live', 'subscribing']);
    plain.changed(true);
    expect(read().reader.status).toBe('live');
  });

  it('that have left get nothing, and nobody parses for them', () => {
    const { reader, batches } = read();
    plain.changed(true);
    reader.leave();
    expect(plain.isRead).toBe(false);
    const message = new PlainMessage('{', refused);
    plain.received(message);
    expect([batches.length, refused.mock.calls.length]).toEqual([0, 0]);
  });

  it('do without what is no JSON', () => {
    const { batches } = read();
    plain.changed(true);
    plain.received(new PlainMessage('{', refused));
    receive(1);
    expect(batches.map((batch) => batch.values())).toEqual([[1]]);
    expect(refused).toHaveBeenCalledOnce();
  });

  it('end with the line', () => {
    const { reader } = read();
    plain.dispose();
    expect(reader.status).toBe('idle');
    expect(plain.isRead).toBe(false);
  });
});
