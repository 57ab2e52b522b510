import { expect, it } from 'vitest';
import { closeReason } from '../../../js/src/server/closeReason.js';

it('leaves a plain text as it is', () => {
  expect(closeReason('no HELLO in time')).toBe('no HELLO in time');
  expect(closeReason('')).toBe('');
  expect(closeReason('x'.repeat(123))).toHaveLength(123);
});

it('is never longer than 123 bytes, and never cuts a character', () => {
  for (const character of ['x', 'é', '€', '😀']) {
    const reason = closeReason(character.repeat(200));
    const most = Math.floor(123 / Buffer.byteLength(character));
    expect(reason).toBe(character.repeat(most));
  }
  expect(Buffer.byteLength(closeReason(`x${'😀'.repeat(100)}`))).toBe(121);
});

it('has neither control characters nor halves of characters', () => {
  expect(closeReason('a\r\nb\u0000c\u0085d\u007fe')).toBe('a b c d e');
  expect(closeReason('a\ud800b')).toBe('a b');
});
