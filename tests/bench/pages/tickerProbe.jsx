// What the pages of the ticker share: how a row looks, and what the benchmark asks a page.
import { commits } from './commits.js';
// Before React DOM, which looks once for what commits are told to.

import { createElement, memo } from 'react';
import { createRoot } from 'react-dom/client';

/** So many rows are on the screen, the first of the board. */
export const visibleCount = 50;

export const Cells = memo(function Cells({ row }) {
  return (
    <tr>
      <td>{row.n}</td>
      <td>{row.id}</td>
      <td>{row.price}</td>
      <td>{row.size}</td>
      <td>{row.side}</td>
    </tr>
  );
});

/**
 * `Board` gets the server's `host`, whether frames bear `batches`, and `opened` to call once. It
 * shows rows; `readRows` answers all that the page holds, when the run is over.
 */
export function serve({ Board, readRows }) {
  window.connect = (props) =>
    new Promise((opened) => {
      const root = createRoot(document.querySelector('main'));
      root.render(createElement(Board, { ...props, opened }));
    });
  window.readRows = readRows;
  window.ready = true;
}

const frames = { count: 0, longestMs: 0 };
let drawnAt = performance.now();
let check = () => {};
const draw = (now) => {
  frames.count += 1;
  frames.longestMs = Math.max(frames.longestMs, now - drawnAt);
  drawnAt = now;
  check();
  requestAnimationFrame(draw);
};
requestAnimationFrame(draw);

/** Counts anew until the first row shows the message of this number; answers what was counted. */
window.countUntil = (last) => {
  Object.assign(frames, { count: 0, longestMs: 0 });
  commits.count = 0;
  const startedAt = performance.now();
  return new Promise((resolve) => {
    check = () => {
      if (Number(document.querySelector('td')?.textContent) !== last) return;
      check = () => {};
      const ms = performance.now() - startedAt;
      resolve({ ms, frames: frames.count, longestMs: frames.longestMs, commits: commits.count });
    };
  });
};
