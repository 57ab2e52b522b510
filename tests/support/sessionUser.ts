import type { LineUrl } from '../../js/src/core/lineUrl.js';
import type { SessionCallbacks, SessionUser } from '../../js/src/core/socketSession.js';

/** A user of a session to this place, who wants to hear what these callbacks hear. */
export function userAt(url: () => LineUrl, callbacks: SessionCallbacks = {}): SessionUser {
  return { url, callbacks: () => callbacks };
}
