// What the simulation's program says, and what follows from it.
import { describe, expect, it } from 'vitest';
import {
  addMet,
  missing,
  readRegressions,
  readRun,
  replayCommand,
} from '../../scripts/lib/simulation.js';

describe('readRun', () => {
  it('reads events, hashes and what was met', () => {
    const run = readRun('hash 1 00ff\nevents 500\nmet 3 fault sleep\nmet 0 phase open\n');
    expect(run.events).toBe(500);
    expect(run.hashes).toEqual(['hash 1 00ff']);
    expect(run.violation).toBe(null);
    expect([...run.met]).toEqual([
      ['fault sleep', 3],
      ['phase open', 0],
    ]);
  });

  it('reads a violation, also that of an assertion', () => {
    const { violation } = readRun('violation one_socket seed 12: a second socket is opened (3)\n');
    expect(violation).toEqual({
      invariant: 'one_socket',
      seed: 12,
      what: 'a second socket is opened (3)',
    });
    const trap = readRun('violation trap seed 7: an assertion of the core failed\n').violation;
    expect(trap.seed).toBe(7);
    expect(replayCommand(trap.seed)).toBe('npm run simulate -- --seed 7 --trace');
  });
});

describe('coverage', () => {
  it('adds up, and names what was never met', () => {
    const total = new Map();
    addMet(total, new Map([['fault sleep', 0]]));
    addMet(
      total,
      new Map([
        ['fault sleep', 2],
        ['phase open', 0],
      ]),
    );
    expect(total.get('fault sleep')).toBe(2);
    expect(missing(total)).toEqual(['phase open']);
  });
});

describe('regressions.txt', () => {
  it('has a seed and a reason in each of its lines', () => {
    const regressions = readRegressions();
    expect(regressions.length).toBeGreaterThan(0);
    for (const { seed, reason } of regressions) {
      expect(seed).toBeGreaterThan(0);
      expect(reason).toMatch(/^\w+: \S/);
    }
  });
});
