import { beforeEach, describe, expect, it } from 'vitest';
import type { Position } from '../../../js/src/core/position.js';
import { StandingSnapshot } from '../../../js/src/core/standingSnapshot.js';

let standing: StandingSnapshot;
beforeEach(() => {
  standing = new StandingSnapshot();
});

const takes = (at: Position | null, { isMissing = true, isBlank = true } = {}) =>
  standing.takes(at, isMissing, () => isBlank);

describe('a bare value', () => {
  it('counts once, where nothing is known', () => {
    expect(takes(null)).toBe(true);
    expect(takes(null)).toBe(false);
    expect([standing.at, standing.isAnchored]).toEqual([null, false]);
  });

  it('never counts where something was known when it was given', () => {
    expect(takes(null, { isBlank: false })).toBe(false);
    expect(takes(null)).toBe(false);
  });

  it('gives way to a snapshot, and never comes back', () => {
    takes(null);
    expect(takes(['e1', 0])).toBe(true);
    expect(takes(null)).toBe(false);
  });
});

describe('a snapshot', () => {
  it('counts when it is newer than the one before', () => {
    expect(takes(['e1', 5])).toBe(true);
    expect(takes(['e1', 5])).toBe(false);
    expect(takes(['e1', 4])).toBe(false);
    expect(takes(['e1', 6])).toBe(true);
    expect([standing.at, standing.isAnchored]).toEqual([['e1', 6], true]);
  });

  it('counts for nothing while the stream brings everything', () => {
    takes(['e1', 5]);
    expect(takes(['e1', 9], { isMissing: false })).toBe(false);
  });

  it('is needed where only the stream was read', () => {
    standing.begin(['e1', 7]);
    expect(takes(['e1', 3], { isMissing: false, isBlank: false })).toBe(true);
  });

  it('that is older than what the core has taken does not count', () => {
    takes(['e1', 5]);
    standing.passed(['e1', 9]);
    expect(takes(['e1', 8])).toBe(false);
    expect(takes(['e1', 10])).toBe(true);
  });

  it('of an epoch that is over does not count again', () => {
    takes(['e1', 5]);
    expect(takes(['e2', 1])).toBe(true);
    expect(takes(['e1', 9])).toBe(false);
    expect(takes(['e3', 1])).toBe(true);
    expect(takes(['e2', 9])).toBe(false);
  });
});

describe('what was lost in part', () => {
  beforeEach(() => {
    takes(['e1', 5]);
    standing.settle(['e1', 9]);
    standing.lost(['e1', 9]);
  });

  it('is mended by a snapshot that is as new', () => {
    expect(takes(['e1', 8])).toBe(false);
    expect(takes(['e1', 9])).toBe(true);
    expect(takes(['e1', 9])).toBe(false);
  });

  it('is mended by one of another epoch', () => {
    expect(takes(['e2', 0])).toBe(true);
  });
});

it('what a flush has shown is where the state goes on', () => {
  takes(['e1', 5]);
  standing.passed(['e1', 8]);
  expect(standing.at).toEqual(['e1', 5]);
  standing.settle(['e1', 8]);
  expect(standing.at).toEqual(['e1', 8]);
  standing.settle(null);
  expect(standing.at).toEqual(['e1', 8]);
});

it('what is forgotten may be given anew', () => {
  takes(['e1', 5]);
  standing.clear();
  expect([standing.at, standing.isAnchored]).toEqual([null, false]);
  expect(takes(null)).toBe(true);
  expect(takes(['e1', 5])).toBe(true);
});
