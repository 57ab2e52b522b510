import { createElement as h } from 'react';
import { useSecondsUntil } from './useSecondsUntil.js';

/** On a phone it stays in sight, so the pill says how the line is while one scrolls. */
export function Header({ line }) {
  return h(
    'header',
    { className: 'header', 'data-status': line.status, 'data-doubt': line.isDoubtful || undefined },
    h('h1', { className: 'wordmark' }, h(Mark), 'openline'),
    h('p', { className: 'tagline' }, 'Break the line in any way you like. Watch it heal.'),
    h(Pill, { line }),
  );
}

/** Hidden from screen readers: the panel below says the same. */
function Pill({ line }) {
  const { status, retryAt, isDoubtful } = line;
  const seconds = useSecondsUntil(retryAt);
  const word = isDoubtful ? 'no answer …' : status;
  return h(
    'p',
    { className: 'pill', 'aria-hidden': true },
    h('span', { className: 'dot' }),
    seconds === null ? word : `${word} ${seconds} s`,
  );
}

function Mark() {
  return h(
    'svg',
    { className: 'mark', viewBox: '0 0 40 16', 'aria-hidden': true },
    h('path', { d: 'M6 8H34' }),
    h('circle', { cx: 6, cy: 8, r: 5 }),
    h('circle', { cx: 34, cy: 8, r: 5 }),
  );
}
