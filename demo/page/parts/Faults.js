import { createElement as h, memo } from 'react';
import { Button } from './Button.js';
import { CloseForm } from './CloseForm.js';
import { useFaults } from './useFaults.js';
import { useSecondsUntil } from './useSecondsUntil.js';

const floodCount = 10_000;
const refusalSeconds = 10;
/** Longer than the heartbeat needs to notice it, and than one likes to wait without. */
const stallSeconds = 20;

/** The ways to break the line, all at the server's end: this side is not told beforehand. */
export const Faults = memo(function Faults({ client, record, status }) {
  const faults = useFaults(client, record, status);
  const { stallEndsAt, refusalEndsAt } = faults;
  return h(
    'section',
    { className: 'panel faults-panel', 'aria-labelledby': 'faults-title' },
    h(
      'div',
      { className: 'panel-head' },
      h('h2', { id: 'faults-title' }, 'Break the line'),
      h('p', { className: 'muted' }, 'At the server’s end.'),
    ),
    h(
      'ul',
      { className: 'faults' },
      h(Fault, {
        name: 'cut',
        label: 'Cut it',
        says: 'Dies without a goodbye.',
        onClick: faults.cut,
      }),
      h(Fault, {
        name: 'stall',
        label: `Stall ${stallSeconds} s`,
        labelWhileOn: 'End the stall',
        says: 'Connected, but deaf and mute.',
        endsAt: stallEndsAt,
        onClick: () => (stallEndsAt ? faults.resume() : faults.stall(stallSeconds)),
      }),
      h(Fault, {
        name: 'refuse',
        label: `Refuse ${refusalSeconds} s`,
        labelWhileOn: 'Accept again',
        says: 'Cut, and then turned away.',
        endsAt: refusalEndsAt,
        onClick: () => (refusalEndsAt ? faults.accept() : faults.refuse(refusalSeconds)),
      }),
      h(Fault, {
        name: 'flood',
        label: `Flood ${floodCount.toLocaleString('en')}`,
        says: 'As fast as the network goes.',
        onClick: () => faults.flood(floodCount),
      }),
    ),
    h(CloseForm, { onClose: faults.close }),
    h('p', { className: 'fault-problem', role: 'alert' }, faults.problem),
  );
});

/** A fault that lasts can be ended by the same button, which counts down meanwhile. */
function Fault({ name, label, labelWhileOn, says, endsAt = null, onClick }) {
  const seconds = useSecondsUntil(endsAt);
  const isLasting = endsAt !== null;
  return h(
    'li',
    null,
    h(
      Button,
      {
        'data-testid': `fault-${name}`,
        'aria-describedby': `fault-${name}-says`,
        className: isLasting ? 'is-running' : '',
        onClick,
      },
      isLasting ? labelWhileOn : label,
    ),
    h('p', { id: `fault-${name}-says` }, isLasting ? `Ends by itself in ${seconds} s.` : says),
  );
}
