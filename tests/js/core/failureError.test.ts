import { describe, expect, it } from 'vitest';
import { failureError } from '../../../js/src/core/failureError.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';

describe('failureError', () => {
  it.each([
    ['auth', 'sign in'],
    ['rejected', 'will not help'],
    ['attempts', 'reconnect.attempts'],
    ['url', 'URL'],
    ['protocol', 'serve the line with openline/server'],
  ] as const)('explains %s', (reason, part) => {
    const error = failureError(reason, null);
    expect(error).toBeInstanceOf(OpenlineError);
    expect(error.code).toBe('failed');
    expect(error.message).toContain(part);
    expect(error.cause).toBeUndefined();
  });

  it('names the code and the reason that the server gave', () => {
    expect(failureError('auth', null, { code: 4401, reason: 'expired' }).message).toBe(
      'openline: the server refused the credentials; sign in, then reconnect() ' +
        '(close code 4401: expired).',
    );
    const { message } = failureError('rejected', null, { code: 1008, reason: '' });
    expect(message).toContain('will not help (close code 1008).');
  });

  it('says what to do about a message that was too large', () => {
    const { message } = failureError('rejected', null, { code: 1009, reason: '' });
    expect(message).toContain('set messageBytesMax to its limit');
    expect(message).toContain('(close code 1009)');
  });

  it('keeps an error that says more closely what is wrong', () => {
    const known = new OpenlineError('url', 'no #fragment');
    expect(failureError('url', known)).toBe(known);
  });

  it('names what last went wrong as the cause of giving up', () => {
    const known = new OpenlineError('url', 'the URL could not be had');
    const error = failureError('attempts', known);
    expect(error.code).toBe('failed');
    expect(error.cause).toBe(known);
  });
});
