import { expect, it } from 'vitest';
import { checkedProtocols } from '../../../js/src/core/subprotocols.js';

it('makes a list of one, of several and of none', () => {
  expect(checkedProtocols('chat')).toEqual(['chat']);
  expect(checkedProtocols(['chat', 'v2.chat'])).toEqual(['chat', 'v2.chat']);
  expect([checkedProtocols([]), checkedProtocols(undefined)]).toEqual([[], []]);
});

it.each([
  ['', 0],
  ['a b', 0],
  [['a', 'a'], 1],
  [['a', null], 1],
  [{}, 0],
])('refuses %j without saying what it is, because it may be a token', (protocols, index) => {
  expect(() => checkedProtocols(protocols)).toThrow(
    new TypeError(
      `openline: protocols[${index}] is no WebSocket subprotocol, or is offered twice: give ` +
        "letters, digits and !#$%&'*+.^`|~-_ alone.",
    ),
  );
});
