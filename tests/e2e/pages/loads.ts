import { readOn } from './readOn.js';

// A page that goes on where its loader stopped; `window.readOn` is driven by the test.

declare global {
  interface Window {
    readOn: typeof readOn;
  }
}

window.readOn = readOn;
