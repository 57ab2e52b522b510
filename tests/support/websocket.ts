// Node 20 has no WebSocket, so the one of `ws` stands in for a browser's. Under jsdom as well: jsdom has
// one, made of undici's, whose events Node's EventTarget does not take once jsdom's Event is global.
import { WebSocket } from 'ws';

Object.assign(globalThis, { WebSocket });
