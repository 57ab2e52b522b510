import { createElement as h, memo } from 'react';

/** What happened to the line, newest first. */
export const LineLog = memo(function LineLog({ entries }) {
  return h(
    'section',
    { className: 'panel log-panel', 'aria-labelledby': 'log-title' },
    h('div', { className: 'panel-head' }, h('h2', { id: 'log-title' }, 'What happened')),
    h(
      'ol',
      {
        className: 'log scroller',
        reversed: true,
        tabIndex: 0,
        'aria-label': 'Events of the line, newest first',
        'data-testid': 'log',
      },
      entries.map(({ id, at, text, tone }) =>
        h(
          'li',
          { key: id, 'data-tone': tone },
          h('time', { dateTime: at.toISOString() }, clock(at)),
          h('span', null, text),
        ),
      ),
    ),
  );
});

function clock(date) {
  return date.toLocaleTimeString('en-GB');
}
