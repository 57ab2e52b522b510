import { createElement as h, useEffect, useState } from 'react';
import { outageWords } from '../record/outageWords.js';
import { announcementOf } from './statusWords.js';

/** The one live region of the page: polite, and silent while a countdown ticks. */
export function Announcer({ line }) {
  const { status, attempt, retryAt, error, outage } = line;
  const [text, setText] = useState('');
  useEffect(() => {
    const next = announcementOf({ status, attempt, retryAt, error });
    if (next !== null) setText(next);
  }, [status, attempt, retryAt, error]);
  useEffect(() => {
    if (outage !== null) setText(`The line is open. ${outageWords(outage)}`);
  }, [outage]);
  return h('p', { className: 'visually-hidden', role: 'status', 'aria-live': 'polite' }, text);
}
