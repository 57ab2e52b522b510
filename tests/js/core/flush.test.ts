import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Flush } from '../../../js/src/core/flush.js';
import { playedFrames } from '../../support/statesFixture.js';

const MIB = 1_048_576;
const run = vi.fn();
const prepare = vi.fn();
const { frames, frame } = playedFrames();
let flush: Flush;

beforeEach(() => {
  run.mockReset();
  prepare.mockReset();
  flush = new Flush(run, prepare);
});

const message = (bytes = 1) => {
  flush.took(bytes);
  flush.settled();
};
const hide = (visibilityState = 'hidden') => vi.stubGlobal('document', { visibilityState });

describe('a flush', () => {
  it('comes at once when nothing was shown since the last frame', () => {
    message();
    expect(run).toHaveBeenCalledOnce();
    frame();
    frame();
    message();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('comes once per frame under load, one more than there are frames', () => {
    for (let i = 0; i < 10; i++) {
      for (let j = 0; j < 100; j++) message();
      frame();
    }
    expect(run).toHaveBeenCalledTimes(11);
  });

  it('has a frame due until one comes that has nothing to show', () => {
    expect(flush.isFrameDue).toBe(false);
    message();
    expect(flush.isFrameDue).toBe(true);
    frame();
    expect(flush.isFrameDue).toBe(false);
  });

  it('shows with a frame what is only found then', () => {
    message();
    expect(prepare).not.toHaveBeenCalled();
    prepare.mockImplementationOnce(() => flush.took(1));
    frame();
    expect(run).toHaveBeenCalledTimes(2);
    frame();
    expect(prepare).toHaveBeenCalledTimes(2);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('waits for the end of the turn', () => {
    flush.took(1);
    flush.took(1);
    expect(run).not.toHaveBeenCalled();
    flush.settled();
    flush.settled();
    expect(run).toHaveBeenCalledOnce();
  });

  it('leaves no frame behind when there is nothing more to show', () => {
    message();
    frame();
    expect(frames.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for a frame with more than 16 MiB', () => {
    message();
    message(16 * MIB - 1);
    expect(run).toHaveBeenCalledOnce();
    message();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('comes after a second where frames stand still', () => {
    message();
    message();
    vi.advanceTimersByTime(999);
    expect(run).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(2);
    expect(frames.size).toBe(1);
  });

  it('that was cancelled does not come', () => {
    message();
    message();
    flush.cancel();
    frame();
    vi.runAllTimers();
    flush.settled();
    expect(run).toHaveBeenCalledOnce();
  });
});

describe('in a hidden tab', () => {
  it('a message leads to it after a second, timers or not', () => {
    hide();
    message();
    vi.setSystemTime(Date.now()); // timers are held back; the clock is not
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 999);
    message();
    expect(run).toHaveBeenCalledOnce();
    now.mockReturnValue(performance.now() + 1);
    message();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('a message leads to it at 1 MiB', () => {
    hide();
    message();
    message(MIB - 1);
    expect(run).toHaveBeenCalledOnce();
    message();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('what waits comes with the first frame once it is shown', () => {
    hide();
    message();
    message();
    hide('visible');
    frame();
    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe('without animation frames', () => {
  it('16 ms take the place of one', () => {
    vi.stubGlobal('requestAnimationFrame', undefined);
    message();
    message();
    vi.advanceTimersByTime(15);
    expect(run).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
