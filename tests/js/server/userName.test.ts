import { expect, it } from 'vitest';
import { userName } from '../../../js/src/server/userName.js';

it('is the user, or its id, or what userId says', () => {
  expect(userName({}, 'ada')).toBe('ada');
  expect(userName({}, 7)).toBe('7');
  expect(userName({}, { id: 'ada' })).toBe('ada');
  expect(userName({}, { id: 7 })).toBe('7');
  expect(userName({ userId: (user) => `u${String(user)}` }, 7)).toBe('u7');
});

it.each([{}, { id: null }, { id: '' }, true, { id: 'x'.repeat(257) }, [1]])(
  'says what to do where %j has none',
  (user) => {
    expect(() => userName({}, user)).toThrow(/a user has no name; authenticate returns/);
  },
);
