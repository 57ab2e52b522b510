import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type AllowedOrigins, originCheck } from '../../../js/src/server/origin.js';

interface Asked {
  readonly host?: string;
  readonly encrypted?: boolean;
  readonly proto?: string;
}

function request(origins: string | string[], { host, encrypted, proto }: Asked = {}) {
  const sent = [origins].flat().flatMap((origin) => ['Origin', origin]);
  return {
    rawHeaders: [...(host === undefined ? [] : ['Host', host]), ...sent],
    headers: proto === undefined ? {} : { 'x-forwarded-proto': proto },
    socket: { encrypted },
  } as unknown as IncomingMessage;
}

describe('a list of origins', () => {
  const isAllowed = originCheck(['https://app.example', 'http://localhost:5173'], false);

  it('lets in exactly those', () => {
    expect(isAllowed(request('https://app.example'))).toBe(true);
    expect(isAllowed(request('http://localhost:5173'))).toBe(true);
  });

  it('refuses two headers, even of the same origin, and none', () => {
    expect(isAllowed(request(['https://app.example', 'https://app.example']))).toBe(false);
    expect(isAllowed(request([]))).toBe(false);
  });

  it.each([
    'https://app.example/',
    'https://app.example:443',
    'HTTPS://APP.EXAMPLE',
    'null',
    '*',
    'app.example',
    'https://',
    'https://münchen.example',
    'https://user@app.example',
    '',
  ])('is not made with %j, which no browser sends', (origin) => {
    expect(() => originCheck([origin], false)).toThrow(/which no browser sends; write it like/);
  });

  it('may hold origins of apps', () => {
    const check = originCheck(['capacitor://localhost'], false);
    expect(check(request('capacitor://localhost'))).toBe(true);
  });
});

describe('allowMissing', () => {
  it('lets in who sends none, and nobody else', () => {
    const check = originCheck({ origins: ['https://app.example'], allowMissing: true }, false);
    expect(check(request([]))).toBe(true);
    expect(check(request('https://app.example'))).toBe(true);
    expect(check(request('https://evil.example'))).toBe(false);
    expect(check(request(''))).toBe(false);
  });
});

describe('same-host', () => {
  const check = (origin: string, asked: Asked, trustsProxy = false) =>
    originCheck('same-host', trustsProxy)(request(origin, asked));

  it.each([
    ['http://app.example', 'app.example'],
    ['https://app.example', 'app.example'],
    ['https://app.example', 'app.example:443'],
    ['http://app.example', 'app.example:80'],
    ['http://app.example:3000', 'app.example:3000'],
    ['http://app.example', 'APP.example'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('lets %s in at %s', (origin, host) => {
    expect(check(origin, { host })).toBe(true);
  });

  it.each([
    ['http://app.example:3000', 'app.example'],
    ['http://app.example', 'app.example:3000'],
    ['http://evil.example', 'app.example'],
    ['http://app.example.evil', 'app.example'],
    ['http://app.example', 'app.example/x'],
    ['http://app.example', 'user@app.example'],
    ['ftp://app.example', 'app.example'],
    ['null', 'null'],
  ])('does not let %s in at %s', (origin, host) => {
    expect(check(origin, { host })).toBe(false);
  });

  it('does not let http in where the server, or a proxy that is trusted, spoke TLS', () => {
    const host = 'app.example';
    expect(check('http://app.example', { host, encrypted: true })).toBe(false);
    expect(check('https://app.example', { host, encrypted: true })).toBe(true);
    expect(check('http://app.example', { host, proto: 'https' }, true)).toBe(false);
    expect(check('http://app.example', { host, proto: 'https' }, false)).toBe(true);
    expect(check('http://app.example', { host, proto: 'https, http' }, true)).toBe(true);
  });

  it('needs a Host', () => {
    expect(check('http://app.example', {})).toBe(false);
  });
});

it.each([null, 7, 'https://app.example', { origins: 'x' }])('refuses %j as an option', (wrong) => {
  expect(() => originCheck(wrong as AllowedOrigins, false)).toThrow(/'same-host' or a list/);
});
