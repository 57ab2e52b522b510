import { createElement as h } from 'react';

/**
 * One flood as one line: ten thousand rows would tell less. The longest frame is there because
 * it is what a visitor would feel.
 */
export function Flood({ flood }) {
  const { of, received, doubled, outOfOrder, state } = flood;
  return h(
    'div',
    {
      className: 'flood',
      'data-testid': 'flood',
      'data-state': state,
      'data-of': of,
      'data-received': received,
      'data-doubled': doubled,
      'data-out-of-order': outOfOrder,
    },
    h(
      'p',
      { className: 'flood-head' },
      h('b', null, 'Flood'),
      ` ${count(received)} of ${count(of)}`,
    ),
    h('progress', { value: received, max: of, 'aria-label': 'Messages of the flood received' }),
    h(
      'p',
      { className: 'muted' },
      h('span', { className: 'flood-verdict' }, verdictOf(flood)),
      ` ${paceOf(flood)}`,
    ),
  );
}

function verdictOf({ of, received, doubled, outOfOrder, state }) {
  if (doubled || outOfOrder) return `${doubled} doubled, ${outOfOrder} out of order.`;
  if (state === 'cut') return `Cut off: ${count(of - received)} never came.`;
  return state === 'complete' ? 'Each once, and in order.' : 'In order so far.';
}

function paceOf({ received, tookMs, longestFrameMs }) {
  const seconds = Math.max(tookMs, 1) / 1000;
  const rate = count(Math.round(received / seconds));
  const frame = Math.round(longestFrameMs);
  return `${seconds.toFixed(2)} s, ${rate} per second, longest frame ${frame} ms.`;
}

function count(number) {
  return number.toLocaleString('en');
}
