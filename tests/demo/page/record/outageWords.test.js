import { expect, test } from 'vitest';
import { outageWords } from '../../../../demo/page/record/outageWords.js';

test.each([
  [{ downMs: 8_240, unconfirmed: 0 }, 'Back after 8.2 s.'],
  [{ downMs: 8_240, unconfirmed: 1 }, 'Back after 8.2 s. 1 message may not have arrived.'],
  [{ downMs: 950, unconfirmed: 2 }, 'Back after 0.9 s. 2 messages may not have arrived.'],
  [{ downMs: 250_400, unconfirmed: 1_200 }, /^Back after 250 s\. 1,200 messages may not/],
])('an outage in words: %j', (outage, words) => {
  expect(outageWords(outage)).toMatch(words);
});
