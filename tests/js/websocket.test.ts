import { expect, it } from 'vitest';
import Default, { ResilientWebSocket, writable } from '../../js/src/websocket.js';

it('has the class by name and, as the packages that it replaces, by default', () => {
  expect(Default).toBe(ResilientWebSocket);
  expect(writable).toBeTypeOf('function');
});
