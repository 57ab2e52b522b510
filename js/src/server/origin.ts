import type { IncomingMessage } from 'node:http';

/**
 * Which pages may open a line. A browser sends the user's cookies along from any page of the web,
 * and nothing but this stands between a foreign page and the user's session.
 *
 * - a list: exactly these origins, as a browser writes them: `'https://app.example'`, with the port
 *   only where it is not the scheme's own, and without a slash at the end.
 * - `'same-host'`: the origin whose host and port are those of the `Host` header. Convenient where
 *   one process has many names; a list is safer, since it also stops a page whose name was bent to
 *   this server's address (DNS rebinding).
 * - `{ origins, allowMissing: true }`: also who sends no `Origin` at all, which no browser does.
 *   For clients that are programs, where the session is no cookie.
 */
export type AllowedOrigins =
  | 'same-host'
  | readonly string[]
  | { readonly origins: 'same-host' | readonly string[]; readonly allowMissing: boolean };

export type OriginCheck = (request: IncomingMessage) => boolean;

/** @throws TypeError for an origin that no browser would ever send. */
export function originCheck(allowed: AllowedOrigins, trustsProxy: boolean): OriginCheck {
  const { origins, allowMissing } = unfolded(allowed);
  const listed = origins === 'same-host' ? null : new Set(origins.map(checkedOrigin));
  return (request) => {
    const sent = headerValues(request, 'origin');
    if (sent.length === 0) return allowMissing;
    const [origin] = sent;
    if (sent.length > 1 || origin === undefined) return false;
    return listed ? listed.has(origin) : isSameHost(request, origin, trustsProxy);
  };
}

function unfolded(allowed: AllowedOrigins) {
  const isFull = typeof allowed === 'object' && !Array.isArray(allowed) && allowed !== null;
  const { origins, allowMissing } = isFull
    ? (allowed as Exclude<AllowedOrigins, string | readonly string[]>)
    : { origins: allowed as 'same-host' | readonly string[], allowMissing: false };
  if (origins !== 'same-host' && !Array.isArray(origins)) {
    throw new TypeError("openline: allowedOrigins is 'same-host' or a list of origins");
  }
  return { origins, allowMissing: allowMissing === true };
}

function checkedOrigin(origin: unknown): string {
  if (typeof origin === 'string' && isCanonical(origin)) return origin;
  throw new TypeError(
    `openline: allowedOrigins holds ${JSON.stringify(origin)}, which no browser sends; ` +
      "write it like 'https://app.example' or 'http://localhost:5173'",
  );
}

/** Scheme, host and port as a browser writes them, and nothing else. */
function isCanonical(origin: string): boolean {
  if (!/^https?:/.test(origin)) return /^[a-z][a-z0-9+.-]*:\/\/[^/\s?#@]+$/.test(origin);
  return URL.canParse(origin) && new URL(origin).origin === origin;
}

function isSameHost(request: IncomingMessage, origin: string, trustsProxy: boolean): boolean {
  const [host, another] = headerValues(request, 'host');
  if (host === undefined || another !== undefined || !/^[^\s/?#@\\]+$/.test(host)) return false;
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  if (scheme === undefined || !isCanonical(origin)) return false;
  if (isSecure(request, trustsProxy) && scheme !== 'https://') return false;
  const own = `${scheme}${host}`;
  return URL.canParse(own) && new URL(own).origin === origin;
}

/** Whether it is known that the page spoke TLS. Behind a proxy that is not trusted it is not. */
function isSecure(request: IncomingMessage, trustsProxy: boolean): boolean {
  if ('encrypted' in request.socket && request.socket.encrypted === true) return true;
  const forwarded = request.headers['x-forwarded-proto'];
  return trustsProxy && typeof forwarded === 'string' && /(^|,)\s*https\s*$/i.test(forwarded);
}

/** Each value of a header, where `request.headers` would have joined or dropped the second. */
function headerValues({ rawHeaders }: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === name) values.push(rawHeaders[i + 1] ?? '');
  }
  return values;
}
