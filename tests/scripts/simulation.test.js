// What the simulation's program says, and what follows from it.
import { describe, expect, it } from 'vitest';
import {
  addMet,
  missing,
  readRegressions,
  readRun,
  replayCommand,
  runSeeds,
} from '../../scripts/lib/simulation.js';
import { killerOf } from '../../scripts/mutants.js';

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
    expect(replayCommand(trap)).toBe('npm run simulate -- --seed 7 --trace');
  });

  it('reads a violation that only many seeds together show', () => {
    const { violation } = readRun(
      'events 9\nviolation spread seeds 1..1000: not spread (7 0 0 0)\n',
    );
    expect(violation).toEqual({
      invariant: 'spread',
      seed: 1000,
      what: 'not spread (7 0 0 0)',
      seeds: '1..1000',
    });
    expect(replayCommand(violation)).toBe('npm run simulate -- --seeds 1..1000');
  });
});

describe('runSeeds', () => {
  const run = (executable, timeoutMs) => runSeeds({ first: 1, last: 2, executable, timeoutMs });

  it('says of a program that could not be started that it is a problem', async () => {
    const { problem, endedBy, violation } = await run('build/there/is/none');
    expect(problem).toMatch(/could not be started/);
    expect([endedBy, violation]).toEqual([undefined, null]);
  });

  it('says of a program that ran nothing that it is a problem', async () => {
    expect((await run('/bin/true')).problem).toBe('it ran nothing');
    expect((await run('/bin/false')).problem).toBe('exit code 1');
  });
});

describe('killerOf', () => {
  it('takes a violation, the time limit and an abort, and nothing else', () => {
    const violation = { invariant: 'one_socket', seed: 12, what: 'two' };
    expect(killerOf({ violation })).toBe('one_socket, seed 12');
    expect(killerOf({ violation: { ...violation, seeds: '1..9' } })).toBe('one_socket, seeds 1..9');
    expect(killerOf({ problem: 'stopped after 60 s', endedBy: 'time' })).toBe('stopped after 60 s');
    expect(killerOf({ problem: 'ended by SIGABRT', endedBy: 'SIGABRT' })).toBe('ended by SIGABRT');
    expect(killerOf({ problem: 'ended by SIGSEGV', endedBy: 'SIGSEGV' })).toBe(undefined);
    expect(killerOf({ problem: 'x could not be started: ENOENT' })).toBe(undefined);
    expect(killerOf({ violation: null })).toBe(undefined);
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
