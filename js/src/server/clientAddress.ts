import type { IncomingMessage } from 'node:http';

/** As some proxies write an address, with the port of the connection behind it. */
const WITH_PORT = /^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;
const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Where a request comes from: the address of the socket or, behind `trustedProxies` proxies, what
 * the outermost of them wrote into `X-Forwarded-For`. What stands before that is the client's to
 * invent and is not read.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  const hop = hops.at(-trustedProxies)?.trim() ?? '';
  const [, v6, v4] = WITH_PORT.exec(hop) ?? [];
  return (v6 ?? v4 ?? hop) || direct;
}

/** Whom a limit per address counts as one: an IPv4 address, or the /64 of an IPv6 one. */
export function addressGroup(address: string): string {
  const mapped = V4_IN_V6.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address.slice(0, 64);
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  for (let i = 0; i < missing; i += 1) groups.push('0');
  if (tail) groups.push(...tail.split(':'));
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').slice(0, 4))
    .join(':');
}
