// Node 20 has no WebSocket; the core finds the one of `ws` where a browser has its own.
import { WebSocket } from 'ws';

Object.assign(globalThis, { WebSocket });
