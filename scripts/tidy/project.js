// The files that a check looks at: paths from the root, with forward slashes, and their text.
// A project is plain data, so a test builds one from an object without touching a disk.
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Builds a project from `{ path: text }`; `bytes` may give sizes that differ from the text's. */
export function projectOf(texts, bytes = {}) {
  const files = new Map(Object.entries(texts));
  const sizes = [...files].map(([path, text]) => [path, bytes[path] ?? Buffer.byteLength(text)]);
  return { files, bytes: new Map(sizes) };
}

/** Reads what git tracks and what it would track: ignored files are nobody's business here. */
export function readProject(root) {
  const args = ['ls-files', '-z', '-co', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const project = projectOf({});
  for (const path of [...new Set(listed.split('\0'))].filter(Boolean).sort()) {
    const content = readIfFile(join(root, path));
    if (content === null) continue;
    project.files.set(path, content.includes(0) ? '' : content.toString('utf8'));
    project.bytes.set(path, content.length);
  }
  return project;
}

// Null for a tracked file that was deleted but not committed yet, and for links and submodules.
function readIfFile(path) {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? readFileSync(path) : null;
}

export function isCpp(path) {
  return /\.(cpp|hpp|h)$/.test(path);
}

export function isHeader(path) {
  return /\.(hpp|h)$/.test(path);
}

export function isScript(path) {
  return /\.(ts|tsx|js|mjs|jsx)$/.test(path);
}

/** Shell has no extension here (scripts/setup), so the first line decides. */
export function isShell(path, text) {
  return path.endsWith('.sh') || /^#!.*\b(ba|da)?sh\b/.test(text);
}

export function isUnder(path, folder) {
  return path.startsWith(`${folder}/`);
}

export function lineAt(text, index) {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < index; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}
