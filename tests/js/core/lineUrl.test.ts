import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveUrl } from '../../../js/src/core/lineUrl.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';

function errorOf(url: unknown): OpenlineError {
  try {
    resolveUrl(url);
  } catch (error) {
    expect(error).toBeInstanceOf(OpenlineError);
    return error as OpenlineError;
  }
  throw new Error('resolveUrl took it');
}

afterEach(() => vi.unstubAllGlobals());

describe('resolveUrl', () => {
  it.each([
    ['ws://example.com/a?b=c', 'ws://example.com/a?b=c'],
    ['wss://example.com', 'wss://example.com/'],
    ['http://example.com/a', 'ws://example.com/a'],
    ['https://example.com:8443/a', 'wss://example.com:8443/a'],
    ['WSS://EXAMPLE.com/', 'wss://example.com/'],
  ])('makes %s into %s', (given, resolved) => {
    expect(resolveUrl(given)).toBe(resolved);
  });

  it.each([
    ['http://shop.example/cart/1?x#top', '/line', 'ws://shop.example/line'],
    ['https://shop.example/cart/1', '/line', 'wss://shop.example/line'],
    ['https://shop.example/cart/1', 'line?a=1', 'wss://shop.example/cart/line?a=1'],
    ['https://shop.example/cart/1', '//other.example/x', 'wss://other.example/x'],
  ])('on the page %s takes %s for %s', (href, given, resolved) => {
    vi.stubGlobal('location', { href });
    expect(resolveUrl(given)).toBe(resolved);
  });

  it.each([[undefined], [null], [5], [{}], [new URL('ws://example.com')]])(
    'refuses %o, which is no text',
    (given) => {
      const error = errorOf(given);
      expect(error.code).toBe('url');
      expect(error.message).toContain(`must be a string, not ${typeof given}`);
    },
  );

  it.each(['ftp://example.com', 'mailto:x@example.com', 'blob:http://example.com/1'])(
    'refuses the scheme of %s and names it',
    (given) => {
      expect(errorOf(given).message).toContain(`'${given.split(':')[0]}:'`);
    },
  );

  it.each(['ws://example.com/#top', 'ws://example.com/#'])(
    'refuses the fragment of %s',
    (given) => {
      expect(errorOf(given).message).toContain('#fragment');
    },
  );

  it('refuses a path where there is no page', () => {
    expect(errorOf('/line').message).toContain('not valid');
  });

  it('does not show a URL that it refuses, which may carry a token', () => {
    const error = errorOf('ws://exa mple/?token=secret');
    expect(error.message).not.toContain('secret');
  });
});
