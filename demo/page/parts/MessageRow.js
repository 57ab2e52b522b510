import { createElement as h, memo } from 'react';
import { plainly } from './statusWords.js';

const cross = 'M4 4L12 12M12 4L4 12';
const icons = {
  waiting: 'M8 4.6V8L10.4 9.6M8 1.8A6.2 6.2 0 1 1 7.99 1.8',
  sent: 'M2.5 8H13M9 4L13 8L9 12',
  echoed: 'M2.5 8.5L6.3 12.2L13.5 4.2',
  lost: cross,
  dropped: cross,
  refused: cross,
};

/** One message. Entries keep their identity until they change, so `memo` spares the other rows. */
export const MessageRow = memo(function MessageRow({ entry }) {
  const { seq, text, state, tookMs, reason } = entry;
  return h(
    'li',
    { className: 'message', value: seq, 'data-seq': seq, 'data-state': state },
    h('span', { className: 'message-seq' }, `#${seq}`),
    h(
      'span',
      { className: 'message-text', title: text },
      text,
      reason && h('small', { className: 'message-why' }, plainly(reason)),
    ),
    h(
      'span',
      { className: 'message-state' },
      h('svg', { viewBox: '0 0 16 16', 'aria-hidden': true }, h('path', { d: icons[state] })),
      state,
      tookMs !== undefined && h('span', { className: 'message-took' }, took(tookMs)),
    ),
  );
});

function took(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
