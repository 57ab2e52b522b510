/** Close codes worth trying, in a visitor's words. RFC 6455, section 7.4.1, and openline's own. */
const meanings = {
  1000: 'normal',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported',
  1005: 'no code given',
  1006: 'no goodbye',
  1007: 'bad text',
  1008: 'policy',
  1009: 'too big',
  1011: 'server error',
  1012: 'restart',
  1013: 'try again later',
  4401: 'sign in',
  4403: 'forbidden',
};

/** What a visitor may choose with one press. */
export const presets = [
  { says: '1012: restart', code: '1012', reason: 'a new version' },
  { says: '1013: too busy', code: '1013', reason: 'try again later' },
  { says: '1013: too busy for 8 s', code: '1013', reason: '{"retryAfterMs":8000}' },
  { says: '4401: sign in again', code: '4401', reason: 'the token is too old' },
  { says: '4403: forbidden', code: '4403', reason: 'not for you' },
  { says: '1008: against the rules', code: '1008', reason: 'too many messages' },
  { says: '1000: normal', code: '1000', reason: 'that was all' },
];

export function meaningOf(code) {
  return meanings[code] ?? '';
}

/** What openline makes of it, as README has it under “What happens when…”. */
export function consequenceOf(code, reason) {
  if (!/^[1-4]\d{3}$/.test(code)) return 'Codes go from 1000 to 4999.';
  const number = Number(code);
  if (isKeptBack(number)) return 'This code never goes over the wire.';
  if (number === 4401) {
    return 'The page renews its credentials and calls again. Twice within 5 s: the line gives up.';
  }
  if (number === 4403) return 'No credentials would help: the line gives up until you open it.';
  if (isFinal(number)) return 'Trying again would not help: the line gives up until you open it.';
  const retryAfterMs = retryAfterIn(reason);
  if (retryAfterMs !== null) {
    return `“retryAfterMs” says when: the line comes back in ${retryAfterMs / 1000} s, not sooner.`;
  }
  if (number === 1001 || number === 1012) {
    return 'The line comes back within seconds. A thousand clients would not all come at once.';
  }
  if (number === 1013) return 'The line comes back some seconds later, to give the server time.';
  return 'The line comes back by itself.';
}

/** RFC 6455, section 7.4. */
function isKeptBack(code) {
  return (code >= 1004 && code <= 1006) || (code >= 1015 && code <= 2999);
}

function isFinal(code) {
  if (code === 1002 || code === 1003 || (code >= 1007 && code <= 1010)) return true;
  return code >= 4400 && code <= 4499 && code !== 4408 && code !== 4429;
}

/** The milliseconds of a reason like `{"retryAfterMs":8000}`; null of any other. */
function retryAfterIn(reason) {
  // What openline holds it to: no sooner than any retry, no longer than five minutes.
  const [minMs, maxMs] = [1_000, 300_000];
  try {
    const { retryAfterMs } = JSON.parse(reason);
    const isTime = typeof retryAfterMs === 'number' && retryAfterMs >= 0;
    return isTime ? Math.min(Math.max(retryAfterMs, minMs), maxMs) : null;
  } catch {
    return null;
  }
}
