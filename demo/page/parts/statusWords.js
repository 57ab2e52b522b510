/** What each status means, said to a visitor: a sentence to read and one to be read aloud. */

export function sentenceOf({ status, retryAt, error, isDoubtful, isRenewing }) {
  switch (status) {
    case 'open':
      return isDoubtful
        ? 'Is the server still there? It was asked, and has not answered yet.'
        : 'The line is up. What you send goes straight through.';
    case 'connecting':
      return isRenewing ? 'Renewing the credentials …' : 'Calling the server …';
    case 'waiting':
      return retryAt === null
        ? 'Down. It waits until this page is shown again, and so does what you send.'
        : 'Down, but coming back by itself. What you send waits.';
    case 'closing':
      return 'Saying goodbye …';
    case 'closed':
      return 'Hung up. It stays so until you open it again.';
    case 'failed':
      return plainly(error);
    default:
      return 'The line has not been opened yet.';
  }
}

/**
 * For screen readers, spoken when the status changes and at no tick in between. A retry's
 * 'connecting' stays silent: after the second time it would only be noise.
 */
export function announcementOf({ status, attempt, retryAt, error }) {
  switch (status) {
    case 'open':
      return 'The line is open.';
    case 'waiting':
      return retryAt === null
        ? 'The line is down. It waits until this page is shown again.'
        : `The line is down. Attempt ${attempt} follows ${inSeconds(retryAt)}.`;
    case 'closing':
    case 'connecting':
      return null;
    case 'closed':
      return 'The line is closed.';
    case 'failed':
      return `The line failed. ${plainly(error)}`;
    default:
      return 'The line is not open.';
  }
}

/** An error of openline says who speaks; here that is plain, and it begins a sentence. */
export function plainly(error) {
  const text = (error?.message ?? 'It is not known why.').replace(/^openline: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function inSeconds(instant) {
  const seconds = Math.max(0, (instant - Date.now()) / 1000);
  return seconds < 0.1 ? 'at once' : `in ${seconds.toFixed(1)} s`;
}
