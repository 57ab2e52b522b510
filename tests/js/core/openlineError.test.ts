import { describe, expect, it } from 'vitest';
import { messageOf, OpenlineError } from '../../../js/src/core/openlineError.js';

describe('OpenlineError', () => {
  it('is an Error that says who speaks, with a code for programs', () => {
    const error = new OpenlineError('closed', 'the line is closed; open it');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('OpenlineError');
    expect(error.code).toBe('closed');
    expect(error.message).toBe('openline: the line is closed; open it.');
  });

  it('carries its cause, and none when there was none', () => {
    const cause = new Error('deeper');
    expect(new OpenlineError('wasm', 'x', cause).cause).toBe(cause);
    expect('cause' in new OpenlineError('wasm', 'x')).toBe(false);
  });
});

describe('messageOf', () => {
  it.each([
    ['an Error', new Error('why'), 'why'],
    ['a text', 'why', 'why'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
  ])('reads %s', (_, thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});
