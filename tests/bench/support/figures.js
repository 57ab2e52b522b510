import { median } from './median.js';

/** The median of what `of` answers for each run. */
export function medianOf(runs, of) {
  return median(runs.map(of));
}

/** Rows of text in columns; the first column is flush left. */
export function printTable(title, rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  console.log(`\n${title}`);
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
    );
    console.log(`  ${cells.join('  ')}`);
  }
}

/**
 * Says whether a figure is within its bar, or with `isFloor` not below it; a miss becomes the exit
 * code, unless not judged.
 */
export function judge({ name, figure, bar, unit = '', isFloor = false, isJudged }) {
  const said = `${name}: ${figure.toFixed(2)}${unit}, bar ${bar}${unit}`;
  if (!isJudged) {
    console.log(`${said} (not judged)`);
    return;
  }
  const isMet = isFloor ? figure >= bar : figure <= bar;
  console.log(`${said}: ${isMet ? 'met' : 'MISSED'}`);
  if (!isMet) process.exitCode = 1;
}

/** How many runs: `full`, fewer with --short, one with --smoke (which judges nothing). */
export function runsAsked(full, short) {
  const isSmoke = process.argv.includes('--smoke');
  const isShort = process.argv.includes('--short');
  return { runs: isSmoke ? 1 : isShort ? short : full, isJudged: !isSmoke };
}
