// Reads vitest's JSON report.

/**
 * Counts tests by suite. Skipped and unfinished tests have failed, unless they are to be left out,
 * and so has a file that did not load or whose hooks threw.
 * @param {object} report what `--reporter=json` wrote
 * @param {(file: string) => string} suiteOf
 * @param {(titles: string[]) => boolean} isLeftOut told the titles of the suites a test is in
 * @returns {Map<string, { passed: number, failed: number, leftOut: number, notes: string[] }>}
 */
export function readVitestReport(report, suiteOf, isLeftOut = () => false) {
  const suites = new Map();
  for (const file of report.testResults) {
    const suite = suiteOf(file.name);
    if (!suites.has(suite)) suites.set(suite, { passed: 0, failed: 0, leftOut: 0, notes: [] });
    const counts = suites.get(suite);
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        counts.passed += 1;
        continue;
      }
      if (test.status !== 'failed' && isLeftOut(test.ancestorTitles)) {
        counts.leftOut += 1;
        continue;
      }
      counts.failed += 1;
      if (test.status === 'failed') failedHere += 1;
      else
        counts.notes.push(
          `${test.status}, which counts as failed: ${test.fullName} (${file.name})`,
        );
    }
    if (file.status === 'failed' && failedHere === 0) {
      counts.failed += 1;
      counts.notes.push(`did not run: ${file.name}: ${file.message}`);
    }
  }
  return suites;
}
