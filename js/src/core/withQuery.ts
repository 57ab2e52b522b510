import type { LineUrl } from './lineUrl.js';

export type QueryParams = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The URL with `params` in it, or what gives it. */
export function urlWith(url: LineUrl, params: QueryParams | undefined): LineUrl {
  if (params === undefined) return url;
  if (typeof url === 'string') return withQuery(url, params);
  return async () => withQuery(await url(), params);
}

/**
 * `url` with `params` added to its query; a value of null or undefined is left out. What is
 * percent-encoded already stays as it is: react-use-websocket encodes nothing, so its users do.
 */
export function withQuery(url: string, params: QueryParams): string {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  // A space is %20 to whoever decodes forms, and to whoever does not.
  const text = `${query}`.replaceAll('+', '%20').replace(/%25([\da-f]{2})/gi, '%$1');
  if (text === '') return url;
  return url + (/[?&]$/.test(url) ? '' : url.includes('?') ? '&' : '?') + text;
}
