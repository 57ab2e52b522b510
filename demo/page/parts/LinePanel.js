import { createElement as h } from 'react';
import { inSeconds } from '../record/outageWords.js';
import { Button } from './Button.js';
import { sentenceOf } from './statusWords.js';
import { useSecondsUntil } from './useSecondsUntil.js';
import { Wire } from './Wire.js';

/** How the line is, drawn and said, and the three things one can do to it from this side. */
export function LinePanel({ line, traffic, record, children }) {
  const { status, retryAt = null, isDoubtful } = line;
  return h(
    'section',
    {
      className: 'panel line-panel',
      'data-status': status,
      'data-doubt': isDoubtful || undefined,
      'aria-labelledby': 'line-title',
    },
    h('h2', { id: 'line-title', className: 'visually-hidden' }, 'The line'),
    h(Wire, { status, retryAt, traffic }),
    h(
      'div',
      { className: 'line-foot' },
      h(
        'div',
        { className: 'line-words' },
        h(
          'p',
          { className: 'status' },
          h('span', { className: 'dot', 'aria-hidden': true }),
          h('strong', { 'data-testid': 'status', 'data-status': status }, status),
        ),
        h('p', { className: 'sentence', 'data-testid': 'sentence' }, sentenceOf(line)),
      ),
      h(Facts, { line }),
      h(Controls, { line, record }),
    ),
    children,
  );
}

function Facts({ line }) {
  const { status, outage } = line;
  const retryAt = status === 'waiting' ? line.retryAt : null;
  const seconds = useSecondsUntil(retryAt);
  const attempt = retryAt === null ? null : line.attempt;
  return h(
    'dl',
    { className: 'facts' },
    h(Fact, { name: 'Attempt', testId: 'attempt', value: attempt }),
    h(Fact, { name: 'Next try', testId: 'countdown', value: seconds, unit: ' s' }),
    h(Fact, { name: 'Queued', testId: 'queued', value: line.queued ?? 0 }),
    h(Fact, { name: 'Last outage', testId: 'outage', value: outage && inSeconds(outage.downMs) }),
  );
}

function Fact({ name, testId, value, unit = '' }) {
  const text = value === null ? '–' : `${value}${unit}`;
  return h(
    'div',
    { className: value ? 'fact is-lively' : 'fact' },
    h('dt', null, name),
    h('dd', { 'data-testid': testId, 'data-value': value ?? '' }, text),
  );
}

function Controls({ line, record }) {
  const { status } = line;
  const isEnded = ['idle', 'closed', 'failed'].includes(status);
  const isWaiting = status === 'waiting';

  function reconnect() {
    record.note('You asked it to connect now.', 'you');
    line.reconnect();
  }

  function close() {
    record.note('You closed the line.', 'you');
    line.close(1000, 'until later');
  }

  return h(
    'div',
    { className: 'controls', role: 'group', 'aria-label': 'Line controls' },
    h(
      Button,
      {
        'data-testid': 'reconnect',
        className: isWaiting ? 'is-main' : '',
        isDisabled: status === 'connecting' || status === 'closing',
        onClick: reconnect,
      },
      isWaiting ? 'Try now' : 'Reconnect',
    ),
    h(
      Button,
      {
        'data-testid': 'close',
        isDisabled: isEnded || status === 'closing',
        onClick: close,
      },
      'Close',
    ),
    h(
      Button,
      {
        'data-testid': 'open',
        className: isEnded ? 'is-main' : '',
        isDisabled: !isEnded,
        onClick: reconnect,
      },
      'Open',
    ),
  );
}
