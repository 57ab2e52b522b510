/**
 * `url` with `params` added to its query; a value of null or undefined is left out. What is
 * percent-encoded already stays as it is: react-use-websocket encodes nothing, so its users do.
 */
export function withQuery(url: string, params: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  // A space is %20 to whoever decodes forms, and to whoever does not.
  const text = `${query}`.replaceAll('+', '%20').replace(/%25([\da-f]{2})/gi, '%$1');
  if (text === '') return url;
  return url + (/[?&]$/.test(url) ? '' : url.includes('?') ? '&' : '?') + text;
}
