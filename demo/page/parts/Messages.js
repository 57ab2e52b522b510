import { createElement as h, memo } from 'react';
import { Composer } from './Composer.js';
import { Counts } from './Counts.js';
import { Flood } from './Flood.js';
import { MessageRow } from './MessageRow.js';

/** What was sent and what came back of it. Memoised: a countdown's tick is none of its business. */
export const Messages = memo(function Messages(props) {
  const { rows, counts, pending, flood, record, sendMessage } = props;
  return h(
    'section',
    { className: 'panel messages-panel', 'aria-labelledby': 'messages-title' },
    h(
      'div',
      { className: 'panel-head' },
      h('h2', { id: 'messages-title' }, 'Messages'),
      h('p', { className: 'muted' }, 'Each one is echoed.'),
    ),
    h(Composer, { record, sendMessage }),
    h(Counts, { counts, pending }),
    flood && h(Flood, { flood }),
    h(
      'ol',
      {
        className: 'messages scroller',
        reversed: true,
        tabIndex: 0,
        'aria-label': 'Messages, newest first',
        'data-testid': 'messages',
      },
      rows.map((entry) => h(MessageRow, { key: entry.seq, entry })),
    ),
    rows.length === 0 && h(Nothing),
  );
});

function Nothing() {
  return h(
    'p',
    { className: 'nothing' },
    'Nothing sent yet. Break the line first and send then: messages wait, and go out in order.',
  );
}
