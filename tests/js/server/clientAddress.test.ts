import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressGroup, clientAddress } from '../../../js/src/server/clientAddress.js';

function request(forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress: '10.0.0.1' }, headers } as unknown as IncomingMessage;
}

describe('clientAddress', () => {
  it('does not believe a header without a proxy that is trusted', () => {
    expect(clientAddress(request('1.2.3.4'), 0)).toBe('10.0.0.1');
  });

  it('reads what the outermost trusted proxy wrote, and nothing before it', () => {
    expect(clientAddress(request('6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4');
    expect(clientAddress(request('6.6.6.6, 1.2.3.4, 10.0.0.2'), 2)).toBe('1.2.3.4');
  });

  it.each([
    ['1.2.3.4:5678', '1.2.3.4'],
    ['[2001:db8::1]:5678', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('leaves out the port that a proxy wrote: %s', (hop, address) => {
    expect(clientAddress(request(hop), 1)).toBe(address);
  });

  it('takes the socket where fewer proxies wrote than are trusted', () => {
    expect(clientAddress(request('1.2.3.4'), 2)).toBe('10.0.0.1');
    expect(clientAddress(request(), 1)).toBe('10.0.0.1');
  });
});

describe('addressGroup', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2:9::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0db8:0001::1', '2001:db8:1:0'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
    ['', ''],
  ])('counts %s as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  it('is short whatever a header holds', () => {
    for (const text of ['x'.repeat(10_000), 'a:'.repeat(5_000)]) {
      expect(addressGroup(text).length).toBeLessThanOrEqual(64);
    }
  });
});
