/** The headers that every answer carries, and the question whether a request is our own page's. */

/**
 * Nothing may load unless it is named here. `wasm-unsafe-eval` lets WebAssembly compile and
 * nothing else; the import map is the one inline script, so it is named by its hash.
 */
export function contentSecurityPolicy(importMapHash) {
  const inline = importMapHash ? ` '${importMapHash}'` : '';
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval'${inline}`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function commonHeaders(policy = contentSecurityPolicy()) {
  return {
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/**
 * A browser always says whose page is asking, for a WebSocket as for a POST, and no script can
 * change it. Without this check any page on the web could talk to a server on this machine.
 * Hosts are compared and not schemes, because a proxy in front may end TLS.
 */
export function isSameOrigin(request) {
  const { origin, host } = request.headers;
  if (!origin || !host) return false;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

export function sendText(response, status, text) {
  response
    .writeHead(status, { ...commonHeaders(), 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${text}\n`);
}
