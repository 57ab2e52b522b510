import type { SessionUser } from '../../js/src/core/socketSession.js';

/** A user who wants everything and does nothing with it. */
export const quietUser: Omit<SessionUser, 'url'> = {
  onOpen() {},
  onMessage() {},
  onError() {},
  onClose() {},
  onDrop() {},
  onReconnectStop() {},
  shouldReconnect: () => true,
  filter: () => true,
};
