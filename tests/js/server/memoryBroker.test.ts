import { describe, expect, it, vi } from 'vitest';
import type { History, Position } from '../../../js/src/server/broker.js';
import { type MemoryBrokerOptions, memoryBroker } from '../../../js/src/server/memoryBroker.js';
import { brokerContract } from '../../support/brokerContract.js';
import { payloadOf } from '../../support/server/payload.js';

brokerContract('memoryBroker', () => {
  const broker = memoryBroker();
  return { broker, other: broker, end: () => broker.close() };
});

describe('memoryBroker', () => {
  it('answers at once', () => {
    const broker = memoryBroker();
    const [epoch, offset] = broker.publish('board', payloadOf(1)) as Position;
    expect(offset).toBe(1);
    const history = broker.read('board', [epoch, 0]) as History;
    expect(history.entries?.length).toBe(1);
  });

  it('forgets by its clock what is older than 10 s and beyond the size', () => {
    let now = 0;
    const broker = memoryBroker({ size: 2, now: () => now });
    const read = () => (broker.read('board', [epoch, 0]) as History).entries?.length ?? null;
    const [epoch] = broker.publish('board', payloadOf(0)) as Position;
    broker.publish('board', payloadOf(1));
    expect(read()).toBe(2);
    now = 299_999;
    expect(read()).toBe(2);
    now = 300_000;
    expect(read()).toBeNull();
  });

  it('forgets a client after its time', () => {
    let now = 0;
    const broker = memoryBroker({ clientTtlMs: 1_000, now: () => now });
    broker.advance('ada', 4);
    now = 999;
    expect(broker.cursor('ada')).toBe(4);
    now = 1_000;
    expect(broker.cursor('ada')).toBeNull();
  });

  it('hands out other epochs after a restart', () => {
    const epochs = [memoryBroker(), memoryBroker()].map((broker) => broker.position('board'));
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it.each<[MemoryBrokerOptions, string]>([
    [{ size: -1 }, 'size'],
    [{ ttlMs: Number.NaN }, 'ttlMs'],
    [{ keysMax: 0 }, 'keysMax'],
    [{ streamsMax: '5' as unknown as number }, 'streamsMax'],
  ])('refuses %o by name', (options, name) => {
    expect(() => memoryBroker(options)).toThrow(TypeError);
    expect(() => memoryBroker(options)).toThrow(name);
  });

  it('takes undefined for the default', () => {
    expect(() => memoryBroker({ size: undefined, now: undefined })).not.toThrow();
  });

  it('refuses everything once it is closed, and calls nobody any more', () => {
    const broker = memoryBroker();
    const listener = vi.fn();
    broker.watch('board', listener);
    broker.close();
    expect(() => broker.publish('board', payloadOf(1))).toThrow('the broker is closed');
    expect(() => broker.presence('board')).toThrow('the broker is closed');
    expect(listener).not.toHaveBeenCalled();
  });
});
