// Reads the XML report of Catch2, 2.13 and 3 alike. (Its JUnit report counts assertions and
// sections, not test cases.)

/**
 * @param {string} xml possibly cut off, when the program crashed
 * @returns {{ passed: number, failed: number, failures: string }} counts of test cases; a skipped
 *   one has failed
 */
export function readCatchReport(xml) {
  const report = { passed: 0, failed: 0, failures: '' };
  for (const block of xml.split(/^\s*(?=<TestCase name=")/m).slice(1)) {
    const name = unescapeXml(/^<TestCase name="([^"]*)"/.exec(block)?.[1] ?? '');
    const result = /^\s*<OverallResult success="(true|false)"(?: skips="(\d+)")?/m.exec(block);
    const skipped = Number(result?.[2] ?? 0) > 0;
    if (result?.[1] === 'true' && !skipped) {
      report.passed += 1;
      continue;
    }
    report.failed += 1;
    const how = result === null ? 'DID NOT END' : skipped ? 'SKIPPED' : 'FAILED';
    const body = result === null ? block : block.slice(0, result.index);
    report.failures += `${how}: ${name}\n${describe(body)}`;
  }
  return report;
}

// Opening tags become their place in the sources, texts stay, everything else goes.
function describe(body) {
  const lines = [];
  for (const line of body.split('\n').slice(1)) {
    const text = line.trim();
    const place = /^<(\w+).* filename="([^"]*)" line="(\d+)"/.exec(text);
    if (place?.[1] === 'Section')
      lines.push(`  in ${unescapeXml(/name="([^"]*)"/.exec(text)?.[1] ?? '')}`);
    else if (place) lines.push(`  ${place[2]}:${place[3]}: ${place[1]}`);
    else if (text !== '' && !/^<\/?[A-Z]\w*[\s/>]/.test(text))
      lines.push(`    ${unescapeXml(text)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function unescapeXml(text) {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
