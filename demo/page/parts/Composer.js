import { createElement as h, useRef } from 'react';
import { Button } from './Button.js';

/** What an empty box sends, so that the first press of the button is never for nothing. */
const greeting = 'Hello';
const ten = 10;

export function Composer({ record, sendMessage }) {
  const input = useRef(null);

  function sendOne(event) {
    event.preventDefault();
    record.send(input.current.value.trim() || greeting, sendMessage);
    input.current.value = '';
    input.current.focus();
  }

  function sendTen() {
    for (let n = 1; n <= ten; n += 1) record.send(`${n} of ${ten}`, sendMessage);
  }

  return h(
    'form',
    { className: 'composer', onSubmit: sendOne },
    h('label', { className: 'visually-hidden', htmlFor: 'message' }, 'Message'),
    h('input', {
      id: 'message',
      ref: input,
      className: 'field',
      'data-testid': 'send-input',
      placeholder: greeting,
      autoComplete: 'off',
      enterKeyHint: 'send',
      maxLength: 500,
    }),
    h(Button, { type: 'submit', className: 'is-main', 'data-testid': 'send-button' }, 'Send'),
    h(Button, { 'data-testid': 'send-ten', onClick: sendTen }, 'Send 10'),
  );
}
