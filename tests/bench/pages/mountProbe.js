// What both mount pages share: when the component was mounted, and when its first message came.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const url = '/greet';
let mountedAt = 0;
let resolve = () => {};

/** In the component's first effect. */
export function mounted() {
  mountedAt = performance.now();
}

/** In its handler of messages. */
export function received() {
  const at = performance.now();
  resolve({ fromMount: at - mountedAt, fromNavigation: at });
}

/** Mounts the component now as `window.first`, and anew with each `window.again()`. */
export function measure(Component) {
  let root = null;
  const mount = () =>
    new Promise((done) => {
      resolve = done;
      root = createRoot(document.querySelector('main'));
      root.render(createElement(Component, { url }));
    });
  window.first = mount();
  window.again = async () => {
    root.unmount();
    // The line is let go in a later task.
    await new Promise((done) => setTimeout(done, 50));
    return mount();
  };
}
