import { createElement as h } from 'react';

/**
 * A button that keeps its place in the tab order when it has nothing to do. `disabled` would
 * drop the keyboard's focus whenever the line changes under a visitor's finger.
 */
export function Button({ isDisabled = false, className = '', onClick, children, ...rest }) {
  const more = isDisabled ? { 'aria-disabled': true } : { onClick };
  const name = `button ${className}`.trim();
  return h('button', { type: 'button', ...rest, className: name, ...more }, children);
}
