import { createElement as h } from 'react';
import { useNow } from './useNow.js';

const heart =
  'M8 14C3 10.5 1.5 8.2 1.5 5.7A3.4 3.4 0 0 1 8 4.4A3.4 3.4 0 0 1 14.5 5.7C14.5 8.2 13 10.5 8 14Z';

const says = {
  on:
    'After five seconds of silence the page asks for a sign of life. Without one in two and a ' +
    'half it calls anew.',
  off: 'Off, as on any bare WebSocket: a line that dies without a goodbye goes on looking open.',
};

/** The switch of the heartbeat and what it finds out. Its pings are in no list of messages. */
export function Heartbeat({ isOn, pulse, isDoubtful, onSwitch }) {
  return h(
    'div',
    { className: 'heartbeat', 'data-doubt': isDoubtful || undefined },
    h(
      'label',
      { className: 'switch' },
      h('input', {
        type: 'checkbox',
        role: 'switch',
        'data-testid': 'heartbeat',
        'aria-describedby': 'heartbeat-says',
        checked: isOn,
        onChange: (event) => onSwitch(event.target.checked),
      }),
      h('span', { className: 'switch-track', 'aria-hidden': true }),
      'Heartbeat',
    ),
    h('p', { id: 'heartbeat-says', className: 'muted heartbeat-says' }, isOn ? says.on : says.off),
    h(Heard, { pulse, isOn }),
  );
}

/** The heart beats once for each answer: its key is their number. */
function Heard({ pulse, isOn }) {
  const { heardAt, asked, answered } = pulse;
  const now = useNow(heardAt !== null);
  const seconds = heardAt === null ? null : Math.max(0, Math.floor((now - heardAt) / 1000));
  return h(
    'p',
    {
      className: 'heard',
      'data-testid': 'heard',
      'data-seconds': seconds,
      'data-asked': asked,
      'data-answered': answered,
    },
    h(
      'svg',
      { key: answered, className: 'heart', viewBox: '0 0 16 16', 'aria-hidden': true },
      h('path', {
        d: heart,
      }),
    ),
    h('span', null, heardWords(seconds)),
    isOn && h('span', { className: 'heard-count' }, pingWords(pulse)),
  );
}

function heardWords(seconds) {
  if (seconds === null) return 'Not heard yet';
  return seconds === 0 ? 'Heard just now' : `Last heard ${seconds} s ago`;
}

function pingWords({ asked, answered }) {
  return asked === 0 ? 'No ping needed yet' : `${answered} of ${asked} pings answered`;
}
