import { describe, expect, test } from 'vitest';
import { announcementOf, sentenceOf } from '../../../../demo/page/parts/statusWords.js';

const line = { attempt: 1, retryAt: null, error: null, isDoubtful: false, isRenewing: false };
const sentence = (status, more) => sentenceOf({ ...line, status, ...more });
const announcement = (status, more) => announcementOf({ ...line, status, ...more });

describe('the sentence beneath the status', () => {
  test('an open line that does not answer is called so', () => {
    expect(sentence('open')).toMatch(/^The line is up/);
    expect(sentence('open', { isDoubtful: true })).toMatch(/has not answered yet/);
  });

  test('a line that waits for a time comes back by itself', () => {
    expect(sentence('waiting', { retryAt: 1 })).toMatch(/coming back by itself/);
  });

  test('a line that waits for the page says for what it waits', () => {
    expect(sentence('waiting')).toMatch(/waits until this page is shown again/);
  });

  test('renewing the credentials is no call yet', () => {
    expect(sentence('connecting')).toBe('Calling the server …');
    expect(sentence('connecting', { isRenewing: true })).toBe('Renewing the credentials …');
  });

  test('a failed line says why, without the prefix of openline', () => {
    const error = new Error('openline: the server refused the credentials.');
    expect(sentence('failed', { error })).toBe('The server refused the credentials.');
  });
});

describe('what is read aloud', () => {
  test('a wait is told with the time of the next attempt, if there is one', () => {
    const retryAt = Date.now() - 1;
    expect(announcement('waiting', { retryAt })).toMatch(/Attempt 1 follows at once/);
    expect(announcement('waiting')).toMatch(/waits until this page is shown again/);
  });

  test('a call is not told', () => {
    expect(announcement('connecting')).toBeNull();
  });
});
