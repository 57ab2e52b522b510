import { OpenlineError } from './openlineError.js';

/** Where a line goes: asked afresh for every attempt. A path means the page's own origin. */
export type LineUrl = string | (() => string | Promise<string>);

/**
 * The absolute `ws:` or `wss:` URL that a browser's WebSocket takes (WHATWG WebSocket, the
 * constructor). `http:` and `https:` mean `ws:` and `wss:`.
 *
 * @throws OpenlineError `url` naming what is wrong with it.
 */
export function resolveUrl(url: unknown): string {
  if (typeof url !== 'string') {
    throw new OpenlineError('url', `the URL must be a string, not ${typeof url}`);
  }
  const resolved = parse(url);
  const scheme = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' }[
    resolved.protocol
  ];
  if (scheme === undefined) {
    throw new OpenlineError(
      'url',
      `the URL has the scheme '${resolved.protocol}'; give ws:, wss: or a path like '/line'`,
    );
  }
  if (resolved.hash !== '' || url.endsWith('#')) {
    throw new OpenlineError('url', "a WebSocket's URL has no #fragment; remove it");
  }
  resolved.protocol = scheme;
  return resolved.href;
}

function parse(url: string): URL {
  const page = typeof location === 'object' ? location.href : undefined;
  try {
    return new URL(url, page);
  } catch {
    // Without the browser's message and error: they quote the URL, which may carry a token.
    throw new OpenlineError('url', 'the URL is not valid');
  }
}
