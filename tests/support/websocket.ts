// Node 20 has no WebSocket, so the one of `ws` stands in for a browser's. jsdom's own stays where there
// is one: it is a WHATWG socket (events of the page's realm, in tasks of their own, errors as
// DOMException), whereas that of `ws` reports some errors within the call and speaks events of its own.
import { WebSocket } from 'ws';

Object.assign(globalThis, { WebSocket: globalThis.WebSocket ?? WebSocket });

// TO BE REMOVED once the core sets its alarm again when it rings early by its clock: Node rings up to a
// millisecond early, and then the line waits for ever (see wasmCore.clock.test.ts).
const { setTimeout: set } = globalThis;
const never = (task: () => void, delay = 0, ...rest: []) =>
  set(task, Math.ceil(delay) + 1, ...rest);
Object.assign(globalThis, { setTimeout: Object.assign(never, set) });
