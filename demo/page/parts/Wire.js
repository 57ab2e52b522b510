import { createElement as h, useRef, useState } from 'react';
import { useSecondsUntil } from './useSecondsUntil.js';
import { useSignals } from './useSignals.js';

const whole = { left: 'M0 20C60 20 88 20 100 20', right: 'M100 20C40 20 12 20 0 20' };
const torn = { left: 'M0 20C60 20 90 21 100 33', right: 'M100 20C40 20 10 21 0 33' };
/** A pause for a line that waits for the page to be shown, a cross for one that gave up. */
const signs = { waiting: 'M9 7V17M15 7V17', failed: 'M7 7L17 17M17 7L7 17' };

/**
 * The drawing: a page, a server and the line between them. It is two halves with a gap, which
 * opens when the line breaks and holds the countdown. All it shows is also said in words.
 */
export function Wire({ status, retryAt, traffic }) {
  const track = useRef(null);
  useSignals(track, traffic, status === 'open');
  const shape = status === 'waiting' || status === 'failed' ? torn : whole;
  return h(
    'div',
    { className: 'wire', 'aria-hidden': true },
    h(End, { name: 'this page' }, h(PageGlyph)),
    h(
      'div',
      { className: 'track', ref: track },
      h(Half, { side: 'left', d: shape.left }),
      h('div', { className: 'gap' }, h(Badge, { status, retryAt })),
      h(Half, { side: 'right', d: shape.right }),
    ),
    h(End, { name: 'server' }, h(ServerGlyph)),
  );
}

function End({ name, children }) {
  return h('div', { className: 'end' }, children, h('span', null, name));
}

function Half({ side, d }) {
  const box = { viewBox: '0 0 100 40', preserveAspectRatio: 'none' };
  return h('svg', { className: `half ${side}`, ...box }, h('path', { d }));
}

function Badge({ status, retryAt }) {
  if (status === 'waiting' && retryAt !== null) return h(Ring, { key: retryAt, retryAt });
  const sign = signs[status];
  return sign
    ? h('svg', { className: 'sign', viewBox: '0 0 24 24' }, h('path', { d: sign }))
    : null;
}

/** Drains once, from when it appears until the next attempt; CSS does it, without a tick. */
function Ring({ retryAt }) {
  const [waitMs] = useState(() => Math.max(0, retryAt - Date.now()));
  const seconds = useSecondsUntil(retryAt);
  const circle = { cx: 32, cy: 32, r: 28, pathLength: 100 };
  return h(
    'div',
    { className: 'ring', style: { '--wait': `${waitMs}ms` } },
    h(
      'svg',
      { viewBox: '0 0 64 64' },
      h('circle', { className: 'ring-track', ...circle }),
      h('circle', { className: 'ring-left', ...circle }),
    ),
    h('span', null, seconds),
  );
}

function PageGlyph() {
  return h(
    'svg',
    { className: 'glyph', viewBox: '0 0 64 56' },
    h('rect', { x: 3, y: 5, width: 58, height: 46, rx: 8 }),
    h('path', { d: 'M3 18H61' }),
    h('path', { className: 'glyph-light', d: 'M11 11.6H11.1M18 11.6H18.1M25 11.6H25.1' }),
    h('path', { className: 'glyph-soft', d: 'M14 29H38M14 38H30' }),
  );
}

function ServerGlyph() {
  return h(
    'svg',
    { className: 'glyph', viewBox: '0 0 64 56' },
    h('rect', { x: 6, y: 5, width: 52, height: 20, rx: 7 }),
    h('rect', { x: 6, y: 31, width: 52, height: 20, rx: 7 }),
    h('path', { className: 'glyph-light', d: 'M16 15H16.1M16 41H16.1' }),
    h('path', { className: 'glyph-soft', d: 'M32 15H47M32 41H47' }),
  );
}
