// Node 20 has no WebSocket, so that of `ws` stands in for a browser's. Under jsdom as well: jsdom's
// own is made of undici's, whose events Node's EventTarget refuses once jsdom's Event is global.
import { WebSocket } from 'ws';

Object.assign(globalThis, { WebSocket });
