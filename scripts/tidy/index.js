// Checks the project's own rules; CONTRIBUTING.md says what they are for.
// Run: node scripts/tidy/index.js [folder]. One line per finding, exit code 1 if there is any.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkAbi } from './abi.js';
import { checkBoundaries } from './boundaries.js';
import { checkIncludes } from './includes.js';
import { checkLinks } from './links.js';
import { checkMirror } from './mirror.js';
import { readProject } from './project.js';
import { applyRatchet } from './ratchet.js';
import { checkSizes } from './sizes.js';
import { checkWords } from './words.js';

const ratchetPath = 'scripts/tidy/ratchet.json';

export const checks = [
  checkIncludes,
  checkBoundaries,
  checkSizes,
  checkMirror,
  checkAbi,
  checkWords,
  checkLinks,
];

/** All findings of a project (see project.js), after the exceptions that it lists. */
export function tidy(project) {
  const findings = checks.flatMap((check) => check(project));
  const entries = JSON.parse(project.files.get(ratchetPath) ?? '[]');
  const remaining = applyRatchet(findings, entries, ratchetPath);
  return remaining.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

function main(root) {
  const project = readProject(root);
  const findings = tidy(project);
  for (const { path, line, message } of findings) console.log(`${path}:${line}: ${message}`);
  const files = count(project.files.size, 'file');
  if (findings.length > 0) {
    console.error(`tidy: ${count(findings.length, 'finding')} in ${files}`);
    process.exitCode = 1;
    return;
  }
  console.log(`tidy: ${files}, ${checks.length} checks, nothing to say`);
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  main(resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url))));
}
