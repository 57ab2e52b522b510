import { beforeEach, describe, expect, it } from 'vitest';
import { KeyMirror } from '../../../js/src/core/keyMirror.js';

let mirror: KeyMirror;
beforeEach(() => {
  mirror = new KeyMirror();
});

describe('a mirror of keys', () => {
  it('has them in the order of their ids, and says whether they are others', () => {
    expect(mirror.apply([], [2, 1], ['b', 'a'])).toBe(true);
    const { list } = mirror;
    expect(list).toEqual(['a', 'b']);
    expect(mirror.apply([], [], [])).toBe(false);
    expect(mirror.apply([9], [], [])).toBe(false);
    expect(mirror.list).toBe(list);
    expect(mirror.apply([1], [3], ['a'])).toBe(true);
    expect(mirror.list).toEqual(['b', 'a']);
  });

  it('shows the same array when the core tells of the same keys again', () => {
    mirror.show(['a', 'b']);
    const { list } = mirror;
    mirror.forgetIds();
    expect(mirror.apply([], [7, 8], ['a', 'b'])).toBe(false);
    expect(mirror.list).toBe(list);
    expect(Object.isFrozen(list)).toBe(true);
  });
});
