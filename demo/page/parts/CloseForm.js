import { createElement as h } from 'react';
import { meaningOf } from '../record/closeCodes.js';
import { Button } from './Button.js';

const codes = [1000, 1001, 1008, 1011, 1012, 1013, 4000, 4403];

/** The code decides whether the line comes back, so it is the visitor's to choose. */
export function CloseForm({ onClose }) {
  function submit(event) {
    event.preventDefault();
    const { code, reason } = event.currentTarget.elements;
    onClose(code.value, reason.value);
  }

  return h(
    'form',
    { className: 'close-form', onSubmit: submit, noValidate: true },
    h(
      'label',
      null,
      'Code',
      h('input', {
        className: 'field',
        name: 'code',
        'data-testid': 'close-code',
        defaultValue: '1012',
        inputMode: 'numeric',
        list: 'close-codes',
        autoComplete: 'off',
        maxLength: 5,
      }),
    ),
    h(
      'datalist',
      { id: 'close-codes' },
      codes.map((code) => h('option', { key: code, value: code }, meaningOf(code))),
    ),
    h(
      'label',
      null,
      'Reason',
      h('input', {
        className: 'field',
        name: 'reason',
        'data-testid': 'close-reason',
        defaultValue: 'a test',
        autoComplete: 'off',
        maxLength: 123,
      }),
    ),
    h(Button, { type: 'submit', 'data-testid': 'fault-close' }, 'Close it'),
    h(
      'p',
      { className: 'muted' },
      'After 1008 or 4403 the line gives up; try 1012 to see it return.',
    ),
  );
}
