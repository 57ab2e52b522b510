import { describe, expect, it } from 'vitest';
import {
  checkedPath,
  type LineServerOptions,
  resolveSettings,
} from '../../../js/src/server/options.js';

const least = { authenticate: () => null, authorize: () => false };
const resolve = (options: object) =>
  resolveSettings({ ...least, ...options } as LineServerOptions<unknown>);

describe('resolveSettings', () => {
  it('completes what is not given', () => {
    expect(resolve({})).toMatchObject({
      path: '/openline',
      trustedProxies: 0,
      heartbeatMs: 24_000,
      idleMs: 34_000,
      recheckMs: 300_000,
      limits: { frameBytes: 65_536, messageWindow: 256, connectionsPerUser: 20 },
    });
  });

  it.each(['authenticate', 'authorize'])('wants %s, and says what it is for', (name) => {
    expect(() => resolve({ [name]: undefined })).toThrow(
      new RegExp(`openline: ${name} is no function; give one that`),
    );
  });

  it.each(['userId', 'onMessage', 'recheck', 'onEvent'])('wants a function for %s', (name) => {
    expect(() => resolve({ [name]: 'x' })).toThrow(`openline: ${name} is no function; leave`);
  });

  it('wants more silence for death than for a question', () => {
    expect(() => resolve({ heartbeatMs: 10_000, idleMs: 10_000 })).toThrow(/more than heartbeatMs/);
  });

  it.each([
    [{ heartbeatMs: 0 }, /heartbeatMs is 0/],
    [{ idleMs: Number.POSITIVE_INFINITY }, /idleMs is Infinity; give an integer/],
    [{ trustedProxies: -1 }, /trustedProxies is -1/],
    [{ limits: { x: 1 } }, /limits.x is not known/],
    [{ allowedOrigins: ['https://a/'] }, /which no browser sends/],
    [{ path: 'openline' }, /path is "openline"/],
  ])('refuses %j', (options, text) => {
    expect(() => resolve(options)).toThrow(text);
  });

  it('names an option that is not known, and those that are', () => {
    const { authenticate, authorize: authorise } = least;
    expect(() => resolveSettings({ authenticate, authorise } as never)).toThrow(
      new TypeError(
        'openline: the option authorise is not known; there are path, authenticate, authorize, ' +
          'onMessage, userId, recheck, recheckMs, onEvent, allowedOrigins, trustedProxies, ' +
          'limits, broker, history, heartbeatMs, idleMs',
      ),
    );
    expect(() => resolve({ onmessage: () => {} })).toThrow('the option onmessage is not known');
    expect(() => resolve({ toString: () => 'x' })).toThrow('the option toString is not known');
  });

  it('wants an object', () => {
    expect(() => resolveSettings(null as never)).toThrow(/takes an object of options/);
  });
});

describe('checkedPath', () => {
  it('takes paths, without a query', () => {
    expect(checkedPath('/a/b-c_d.e~f')).toBe('/a/b-c_d.e~f');
    for (const wrong of ['', 'a', '/a?b', '/a#b', '/a b', '/é']) {
      expect(() => checkedPath(wrong)).toThrow(/write it like '\/openline'/);
    }
  });
});
