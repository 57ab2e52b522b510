import { expect, it } from 'vitest';
import { WebSocketEvents } from '../../../js/src/core/webSocketEvents.js';

class Bare extends WebSocketEvents {}

it.each(['open', 'message', 'error', 'close'] as const)(
  'calls the %s handler as one of its own, before the listeners, while it is there',
  (type) => {
    const socket = new Bare();
    const calls: unknown[] = [];
    socket.addEventListener(type, () => calls.push('listener'));
    socket[`on${type}`] = function (this: unknown) {
      calls.push(this);
    };
    socket.dispatchEvent(new Event(type));
    socket[`on${type}`] = null;
    socket.dispatchEvent(new Event(type));
    expect(calls).toEqual([socket, 'listener', 'listener']);
  },
);
