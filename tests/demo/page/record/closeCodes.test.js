import { describe, expect, test } from 'vitest';
import { consequenceOf, meaningOf, presets } from '../../../../demo/page/record/closeCodes.js';

describe('what a close code brings', () => {
  test.each([
    ['1000', 'The line comes back by itself.'],
    ['1012', /comes back within seconds/],
    ['1013', /to give the server time/],
    ['4000', 'The line comes back by itself.'],
    ['4408', 'The line comes back by itself.'],
    ['1008', /gives up/],
    ['4404', /gives up/],
    ['4403', /^No credentials would help/],
    ['4401', /renews its credentials.*Twice within 5 s: the line gives up/],
  ])('%s: %s', (code, says) => {
    expect(consequenceOf(code, 'a test')).toMatch(says);
  });

  test.each(['', '12', '999', '5000', '1e3', 'x'])('“%s” is no code', (code) => {
    expect(consequenceOf(code, '')).toBe('Codes go from 1000 to 4999.');
  });

  test.each(['1005', '1006', '1015', '2999'])('no server can send %s', (code) => {
    expect(consequenceOf(code, '')).toBe('This code never goes over the wire.');
  });

  test.each([
    [8_000, 'in 8 s'],
    [0, 'in 1 s'],
    [9_999_999, 'in 300 s'],
  ])('the server says when: retryAfterMs %i', (retryAfterMs, says) => {
    expect(consequenceOf('1013', JSON.stringify({ retryAfterMs }))).toContain(says);
  });

  test.each(['8000', 'null', '{"retryAfterMs":"8000"}', '{"retryAfterMs":-1}', 'later'])(
    'a reason like %s says nothing of that',
    (reason) => {
      expect(consequenceOf('1013', reason)).toBe(consequenceOf('1013', ''));
    },
  );

  test('a code that means never stays one, whatever the reason says', () => {
    expect(consequenceOf('1008', '{"retryAfterMs":8000}')).toMatch(/gives up/);
  });
});

describe('presets', () => {
  test.each(presets)(
    '$says: the code is one that is named, the reason fits its frame',
    (preset) => {
      expect(meaningOf(preset.code)).not.toBe('');
      expect(Buffer.byteLength(preset.reason)).toBeLessThanOrEqual(123);
    },
  );

  test('there are those that show how a line comes back', () => {
    const offered = presets.map(({ code, reason }) => `${code} ${reason}`);
    expect(offered).toContain('1013 {"retryAfterMs":8000}');
    expect(presets.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['1012', '1013', '4401']),
    );
  });
});
