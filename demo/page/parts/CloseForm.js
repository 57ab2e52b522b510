import { createElement as h, useState } from 'react';
import { consequenceOf, presets } from '../record/closeCodes.js';
import { Button } from './Button.js';

const own = 'own';

/** The code decides whether the line comes back, so it is the visitor's to choose. */
export function CloseForm({ onClose }) {
  const [chosen, choose] = useState(0);
  const [{ code, reason }, write] = useState(presets[0]);

  /** A code of one's own begins with the one that was chosen before. */
  function chosePreset({ target: { value } }) {
    choose(value);
    if (value !== own) write(presets[value]);
  }

  function submit(event) {
    event.preventDefault();
    onClose(code, reason);
  }

  return h(
    'form',
    { className: 'close-form', onSubmit: submit, noValidate: true },
    h(
      'label',
      null,
      'Close it with',
      h(
        'select',
        {
          className: 'field',
          'data-testid': 'close-preset',
          'aria-describedby': 'close-says',
          value: chosen,
          onChange: chosePreset,
        },
        presets.map(({ says }, index) => h('option', { key: says, value: index }, says)),
        h('option', { value: own }, 'A code of your own'),
      ),
    ),
    h(Button, { type: 'submit', 'data-testid': 'fault-close' }, 'Close it'),
    chosen === own && h(OwnCode, { code, reason, write }),
    h(
      'p',
      { id: 'close-says', className: 'muted', 'data-testid': 'close-says' },
      consequenceOf(code, reason),
    ),
  );
}

function OwnCode({ code, reason, write }) {
  const set = (name) => (event) => write({ code, reason, [name]: event.target.value });
  return h(
    'div',
    { className: 'close-own' },
    h(Field, {
      name: 'code',
      label: 'Code',
      maxLength: 5,
      inputMode: 'numeric',
      value: code,
      onChange: set('code'),
    }),
    h(Field, {
      name: 'reason',
      label: 'Reason',
      maxLength: 123,
      value: reason,
      onChange: set('reason'),
    }),
  );
}

function Field({ name, label, ...rest }) {
  const testId = `close-${name}`;
  return h(
    'label',
    null,
    label,
    h('input', { className: 'field', 'data-testid': testId, autoComplete: 'off', ...rest }),
  );
}
