/** An outage (see `onOutage` of openline) as a visitor would put it. */
export function outageWords({ downMs, unconfirmed }) {
  if (unconfirmed === 0) return `Back after ${inSeconds(downMs)}.`;
  const many = unconfirmed === 1 ? '1 message' : `${unconfirmed.toLocaleString('en')} messages`;
  return `Back after ${inSeconds(downMs)}. ${many} may not have arrived.`;
}

export function inSeconds(ms) {
  const seconds = ms / 1000;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
