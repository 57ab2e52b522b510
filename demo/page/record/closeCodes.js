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

export function meaningOf(code) {
  return meanings[code] ?? '';
}
