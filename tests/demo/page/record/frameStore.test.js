import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FrameStore } from '../../../../demo/page/record/frameStore.js';

let frames;
let value;

beforeEach(() => {
  frames = [];
  value = 1;
  vi.stubGlobal('requestAnimationFrame', (callback) => frames.push(callback));
});

afterEach(() => vi.unstubAllGlobals());

const draw = (time) => {
  for (const frame of frames.splice(0)) frame(time);
};

describe('frame store', () => {
  test('many changes are one notice, in the next frame', () => {
    const store = new FrameStore(
      () => value,
      () => false,
    );
    const listener = vi.fn();
    store.subscribe(listener);
    for (value = 1; value < 1_000; value += 1) store.changed();
    expect(store.getSnapshot()).toBe(1);
    draw(16);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getSnapshot()).toBe(1_000);
    expect(frames).toHaveLength(0);
  });

  test('frames are timed for as long as that is asked for', () => {
    const gaps = [];
    const store = new FrameStore(
      () => value,
      (gapMs) => gaps.push(gapMs) < 3,
    );
    store.changed();
    for (const time of [100, 116, 166, 182]) draw(time);
    expect(gaps).toEqual([0, 16, 50]);
  });

  test('whoever has left hears nothing', () => {
    const store = new FrameStore(
      () => value,
      () => false,
    );
    const listener = vi.fn();
    store.subscribe(listener)();
    store.changed();
    draw(16);
    expect(listener).not.toHaveBeenCalled();
  });
});
