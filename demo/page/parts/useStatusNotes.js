import { useEffect } from 'react';
import { inSeconds, plainly } from './statusWords.js';

/** Writes into the log what the line does between its events: waiting, calling, giving up. */
export function useStatusNotes({ status, attempt, retryAt, error }, record) {
  useEffect(() => {
    // Whoever renews credentials says so himself; it is no call yet.
    if (status === 'connecting' && !record.isRenewing) record.note('Calling the server.');
    if (status === 'waiting') record.note(waitingNote(attempt, retryAt), 'pause');
    if (status === 'failed') record.note(`Gave up. ${plainly(error)}`, 'bad');
  }, [status, attempt, retryAt, error, record]);
}

function waitingNote(attempt, retryAt) {
  if (retryAt === null) return 'Waits until this page is shown again.';
  return `Attempt ${attempt} ${inSeconds(retryAt)}.`;
}
