import type { LineUrl } from '../../js/src/core/lineUrl.js';
import type { SessionUser } from '../../js/src/core/socketSession.js';

/** What a user of a session answers when it is asked. */
export type UserOptions = ReturnType<SessionUser['options']>;

/** A user of a line or a session to this place, who says and hears what these options do. */
export function userAt(url: () => LineUrl, options: UserOptions = {}): SessionUser {
  return { url, options: () => options };
}

/** A place that is asked for and never said. */
export const nowhere = (): LineUrl => () => new Promise<string>(() => {});
