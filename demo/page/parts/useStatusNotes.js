import { useEffect } from 'react';
import { inSeconds, plainly } from './statusWords.js';

/** Writes into the log what the line does between its events: waiting, calling, giving up. */
export function useStatusNotes({ status, attempt, retryAt, error }, record) {
  useEffect(() => {
    if (status === 'connecting') record.note('Calling the server.');
    if (status === 'waiting') record.note(`Attempt ${attempt} ${inSeconds(retryAt)}.`, 'pause');
    if (status === 'failed') record.note(`Gave up. ${plainly(error)}`, 'bad');
  }, [status, attempt, retryAt, error, record]);
}
