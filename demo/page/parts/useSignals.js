import { useEffect, useRef } from 'react';

const travelMs = 650;
/** Each is a running animation; in a flood the eye sees no difference above this. */
const signalsMax = 16;
const burstMax = 4;
const spacingMs = 70;

/**
 * Lets a dot travel along the line for what goes out and what comes in. Decoration, so it lives
 * outside React, and not at all where a visitor asked for less motion.
 */
export function useSignals(track, traffic, isOpen) {
  const before = useRef(traffic);
  useEffect(() => {
    const more = (name) => traffic[name] - before.current[name];
    const [out, back, pingsOut, pingsIn] = ['out', 'in', 'pingsOut', 'pingsIn'].map(more);
    before.current = traffic;
    if (!isOpen || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    emit(track.current, out, 'is-out');
    emit(track.current, back, 'is-in');
    emit(track.current, pingsOut, 'is-out is-ping');
    emit(track.current, pingsIn, 'is-in is-ping');
  }, [track, traffic, isOpen]);
}

function emit(track, count, kind) {
  const room = signalsMax - track.querySelectorAll('.signal').length;
  for (let index = 0; index < Math.min(count, burstMax, room); index += 1) {
    travel(track, kind, index * spacingMs);
  }
}

function travel(track, kind, delay) {
  const signal = document.createElement('i');
  signal.className = `signal ${kind}`;
  track.append(signal);
  const ends = ['0px', `${track.clientWidth}px`];
  const [from, to] = kind.startsWith('is-out') ? ends : ends.reverse();
  const frames = [
    { translate: from, opacity: 0 },
    { opacity: 1, offset: 0.15 },
    { opacity: 1, offset: 0.85 },
    { translate: to, opacity: 0 },
  ];
  const motion = signal.animate(frames, {
    duration: travelMs,
    delay,
    easing: 'cubic-bezier(.45, .05, .55, .95)',
    fill: 'backwards',
  });
  motion.onfinish = () => signal.remove();
  motion.oncancel = () => signal.remove();
}
