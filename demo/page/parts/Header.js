import { createElement as h } from 'react';
import { useSecondsUntil } from './useSecondsUntil.js';

/** On a phone it stays in sight, so the pill says how the line is while one scrolls. */
export function Header({ line }) {
  return h(
    'header',
    { className: 'header', 'data-status': line.status },
    h('h1', { className: 'wordmark' }, h(Mark), 'openline'),
    h('p', { className: 'tagline' }, 'Break the line in any way you like. Watch it heal.'),
    h(Pill, { status: line.status, retryAt: line.retryAt }),
  );
}

/** Hidden from screen readers: the panel below says the same. */
function Pill({ status, retryAt }) {
  const seconds = useSecondsUntil(retryAt ?? null);
  return h(
    'p',
    { className: 'pill', 'aria-hidden': true },
    h('span', { className: 'dot' }),
    seconds === null ? status : `${status} ${seconds} s`,
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
