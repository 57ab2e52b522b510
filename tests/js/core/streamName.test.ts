import { describe, expect, it } from 'vitest';
import { checkStreamName } from '../../../js/src/core/streamName.js';

describe('checkStreamName', () => {
  it.each([['a'], ['chat:ä'], ['x'.repeat(256)], ['ä'.repeat(128)]])('takes %s', (name) => {
    expect(() => checkStreamName(name)).not.toThrow();
  });

  it.each([
    ['', '""'],
    ['x'.repeat(257), `"${'x'.repeat(40)}"`],
    ['ä'.repeat(129), `"${'ä'.repeat(40)}"`],
    ['a\ud800', '"a\\ud800"'],
    [7, 'number'],
    [undefined, 'undefined'],
  ])('throws for %s and shows the beginning of it', (name, shown) => {
    expect(() => checkStreamName(name)).toThrow(
      new TypeError(`openline: ${shown} is no name of a stream; give 1 to 256 bytes of UTF-8.`),
    );
  });
});
