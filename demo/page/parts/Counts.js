import { createElement as h } from 'react';

/** The integrity of the line in numbers, and the same in a sentence. */
export function Counts({ counts, pending }) {
  const { sent, echoed, lost, outOfOrder, doubled, dropped, refused } = counts;
  const verdict = verdictOf(counts, pending);
  return h(
    'div',
    {
      className: 'counts',
      'data-testid': 'counts',
      'data-sent': sent,
      'data-echoed': echoed,
      'data-lost': lost,
      'data-doubled': doubled,
      'data-out-of-order': outOfOrder,
      'data-dropped': dropped,
      'data-refused': refused,
      'data-verdict': verdict.tone,
    },
    h(
      'ul',
      null,
      h(Count, { name: 'sent', value: sent }),
      h(Count, { name: 'echoed', value: echoed }),
      h(Count, { name: 'lost', value: lost, isFault: true }),
      h(Count, { name: 'out of order', value: outOfOrder, isFault: true }),
      h(Count, { name: 'doubled', value: doubled, isFault: true }),
    ),
    h('p', { className: 'verdict' }, verdict.text),
  );
}

function Count({ name, value, isFault = false }) {
  const className = isFault && value > 0 ? 'is-fault' : '';
  return h('li', { className }, `${name} `, h('b', null, value.toLocaleString('en')));
}

/** The worst comes first; what the line gave back or refused is told, but is no loss. */
function verdictOf({ sent, lost, outOfOrder, doubled, dropped, refused }, pending) {
  if (outOfOrder || doubled) return { tone: 'bad', text: 'The order was not kept.' };
  if (lost) return { tone: 'bad', text: `${lost} on the wire when the line broke.` };
  if (pending.waiting) return { tone: 'pause', text: `${pending.waiting} wait for the line.` };
  if (pending.sent) return { tone: 'pause', text: `${pending.sent} on the way.` };
  if (dropped) return { tone: 'plain', text: `${dropped} let go unsent, as the line was closed.` };
  if (refused) return { tone: 'plain', text: `${refused} refused, and said so at once.` };
  if (sent) return { tone: 'good', text: 'Each arrived once, and in order.' };
  return { tone: 'plain', text: 'Nothing to account for yet.' };
}
