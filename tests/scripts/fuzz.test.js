import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenRule, crashInput, fuzzSummary, fuzzTargets } from '../../scripts/lib/fuzzing.js';

const log = `INFO: Seed: 1
#2	INITED cov: 12 ft: 13 corp: 1/1b exec/s: 0 rss: 30Mb
#1024	NEW    cov: 300 ft: 900 corp: 40/2Kb lim: 64 exec/s: 0 rss: 40Mb L: 12/64 MS: 1 EraseBytes-
#2048	REDUCE cov: 301 ft: 901 corp: 41/2100b lim: 64 exec/s: 0 rss: 40Mb L: 12/64 MS: 1 EraseBytes-
#1622452	DONE   cov: 1100 ft: 5200 corp: 820/61Kb lim: 1024 exec/s: 26597 rss: 477Mb
Done 1622452 runs in 61 second(s)
stat::number_of_executed_units: 1622452
stat::average_exec_per_sec:     26597
`;

test('fuzz: a run is told with its pace and what it reached', () => {
  expect(fuzzSummary(log)).toBe(
    '1,622,452 runs, 26,597 a second, 1100 edges, 5200 features, 820 inputs',
  );
});

test('fuzz: what was broken, and the input that broke it, are found in the log', () => {
  const written = "artifact_prefix='build/'; Test unit written to build/crash-0a1b\nBase64: AA==\n";
  expect(crashInput(log + written)).toBe('build/crash-0a1b');
  expect(crashInput(log)).toBeUndefined();
  expect(
    brokenRule(`${log}broken: the budget holds\n==1== ERROR: libFuzzer: deadly signal\n`),
  ).toBe('broken: the budget holds');
  expect(brokenRule(log)).toBeUndefined();
});

test('fuzz: each target has a kept corpus of small files, 200 KB in all', () => {
  const targets = fuzzTargets();
  expect(targets).toEqual([
    'close_reason_fuzz',
    'connection_machine_fuzz',
    'document_fuzz',
    'frame_fuzz',
    'json_lookup_fuzz',
    'state_fuzz',
  ]);
  let bytes = 0;
  for (const target of targets) {
    const folder = join('tests/fuzz/corpus', target);
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes.length).toBeGreaterThan(50);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
    bytes += sizes.reduce((sum, size) => sum + size, 0);
  }
  expect(bytes).toBeLessThan(200_000);
});

test('fuzz: a target that is unknown and seconds that are none are refused', () => {
  for (const argument of [['unknown_fuzz'], ['--seconds', '0'], ['--seconds', 'soon']]) {
    const { status, stderr } = spawnSync('node', ['scripts/fuzz.js', ...argument]);
    expect(status).toBe(2);
    expect(String(stderr)).toContain('connection_machine_fuzz');
  }
});
