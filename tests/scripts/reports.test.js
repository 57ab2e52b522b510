import { expect, test } from 'vitest';
import { readCatchReport } from '../../scripts/lib/catchReport.js';
import { readVitestReport } from '../../scripts/lib/vitestReport.js';

// As Catch2 2.13.10 and 3.7.1 write it; the second one has more attributes.
const passing = `
    <TestCase name="backoff: &quot;a&quot; > b &lt; c" tags="[x]" filename="a.cpp" line="8">
      <Section name="s1" filename="a.cpp" line="8">
        <OverallResults successes="1" failures="0" expectedFailures="0"/>
      </Section>
      <OverallResult success="true"/>
    </TestCase>`;
const passingIn3 = `
  <TestCase name="says things" filename="a.cpp" line="8">
    <OverallResult success="true" skips="0">
      <StdOut>
&lt;TestCase name="not one">
      </StdOut>
    </OverallResult>
  </TestCase>`;
const failing = `
    <TestCase name="outbox: keeps &lt;order>" filename="b.cpp" line="9">
      <Section name="when full" filename="b.cpp" line="10">
        <Info>
          size &amp; limit
        </Info>
        <Expression success="false" type="CHECK" filename="b.cpp" line="11">
          <Original>
            a &lt; b
          </Original>
          <Expanded>
            2 &lt; 1
          </Expanded>
        </Expression>
        <OverallResults successes="0" failures="1" expectedFailures="0"/>
      </Section>
      <OverallResult success="false"/>
    </TestCase>`;
const skipped = `
  <TestCase name="later" filename="c.cpp" line="14">
    <Skip filename="c.cpp" line="14">
      no time
    </Skip>
    <OverallResult success="true" skips="1"/>
  </TestCase>`;
const cutOff = `
  <TestCase name="crashes" filename="d.cpp" line="20">
    <Section name="s" filename="d.cpp" line="21">`;

test('Catch2: counts test cases, not sections or assertions', () => {
  const report = readCatchReport(`<Catch name="c"><Group name="c">${passing}${passingIn3}`);
  expect(report).toEqual({ passed: 2, failed: 0, failures: '' });
});

test('Catch2: a failure is told with its place and its values', () => {
  const { passed, failed, failures } = readCatchReport(`<Catch>${passing}${failing}${passing}`);
  expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
  expect(failures).toBe(
    [
      'FAILED: outbox: keeps <order>',
      '  in when full',
      '    size & limit',
      '  b.cpp:11: Expression',
      '    a < b',
      '    2 < 1\n',
    ].join('\n'),
  );
});

test('Catch2: a skipped case and one that did not end have failed', () => {
  const { passed, failed, failures } = readCatchReport(`<Catch>${passing}${skipped}${cutOff}`);
  expect({ passed, failed }).toEqual({ passed: 1, failed: 2 });
  expect(failures).toMatch(/^SKIPPED: later$/m);
  expect(failures).toMatch(/^DID NOT END: crashes$/m);
});

test('Catch2: no report has no tests', () => {
  expect(readCatchReport('')).toEqual({ passed: 0, failed: 0, failures: '' });
});

const suiteOf = (file) => (file.startsWith('/e2e/') ? 'e2e' : 'js');
const fileOf = (name, statuses, more = {}) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  message: '',
  assertionResults: statuses.map((status, i) => ({ status, fullName: `${status} ${i}` })),
  ...more,
});

test('vitest: counts tests by suite', () => {
  const testResults = [fileOf('/js/a', ['passed', 'failed']), fileOf('/e2e/b', ['passed'])];
  const suites = readVitestReport({ testResults }, suiteOf);
  expect(suites.get('js')).toEqual({ passed: 1, failed: 1, leftOut: 0, notes: [] });
  expect(suites.get('e2e')).toEqual({ passed: 1, failed: 0, leftOut: 0, notes: [] });
});

test.each(['skipped', 'pending', 'todo'])(
  'vitest: a %s test has failed, and is named',
  (status) => {
    const suites = readVitestReport(
      { testResults: [fileOf('/js/a', ['passed', status])] },
      suiteOf,
    );
    const note = expect.stringContaining(`${status} 1`);
    expect(suites.get('js')).toEqual({ passed: 1, failed: 1, leftOut: 0, notes: [note] });
  },
);

test('vitest: a test that is left out is counted apart, unless it ran', () => {
  const file = fileOf('/e2e/b', ['passed', 'skipped', 'failed', 'skipped']);
  for (const [i, test] of file.assertionResults.entries()) {
    test.ancestorTitles = i < 3 ? ['reload', 'in firefox'] : ['in chromium'];
  }
  const isLeftOut = (titles) => titles.includes('in firefox');
  const counts = readVitestReport({ testResults: [file] }, suiteOf, isLeftOut).get('e2e');
  expect(counts).toMatchObject({ passed: 1, failed: 2, leftOut: 1 });
});

test('vitest: a file that did not load has failed', () => {
  const broken = fileOf('/js/a', [], { status: 'failed', message: 'Cannot find module' });
  const suites = readVitestReport({ testResults: [broken] }, suiteOf);
  const note = expect.stringContaining('Cannot find module');
  expect(suites.get('js')).toEqual({ passed: 0, failed: 1, leftOut: 0, notes: [note] });
});
