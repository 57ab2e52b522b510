// tests/ mirrors the sources path for path: what has code has a test of its name, and a test says
// by its place what it tests. `x_more_test.cpp` and `X.more.test.ts` count for x and X as well.
import { basename } from 'node:path/posix';
import { functionsIn } from './functions.js';
import { lexed } from './lex.js';
import { isScript, isUnder } from './project.js';

const rule = 'mirrored-test';
const unmirrored = new RegExp(
  '^tests/(support|e2e|bench|fixtures|scripts|docs|simulation|fuzz|conformance|consumers' +
    '|js/property)/', // which takes the client as a whole
);

export function checkMirror(project) {
  return [...missingTests(project), ...strayTests(project), ...unlistedTests(project)];
}

function missingTests(project) {
  const findings = [];
  for (const path of project.files.keys()) {
    const wanted = testsOf(project, path);
    if (wanted.length === 0 || wanted.some((test) => project.files.has(test))) continue;
    const message = `write its test ${wanted[0]}, or give a reason in scripts/tidy/ratchet.json`;
    findings.push({ rule, path, line: 1, message });
  }
  return findings;
}

function testsOf(project, path) {
  const cpp = /^(?:wasm\/openline\/(.+)|(bindings\/[^/]+))\.cpp$/.exec(path);
  if (cpp) return [`tests/${cpp[1] ?? cpp[2]}_test.cpp`];
  const header = /^wasm\/openline\/(.+)\.hpp$/.exec(path);
  if (header && headerHasLogic(project, path)) return [`tests/${header[1]}_test.cpp`];
  const script = /^js\/src\/(.+)\.tsx?$/.exec(path);
  if (!script || path.endsWith('.d.ts') || !scriptHasCode(project, path)) return [];
  return ['ts', 'tsx'].map((ending) => `tests/js/${script[1]}.test.${ending}`);
}

// In base all but one-liners count; elsewhere what is longer than a constructor or a comparison.
function headerHasLogic(project, path) {
  if (project.files.has(path.replace(/\.hpp$/, '.cpp'))) return false;
  const shortest = isUnder(path, 'wasm/openline/base') ? 2 : 6;
  return functionsIn(project, path).some(({ lines }) => lines >= shortest);
}

// True when something is left after imports, re-exports, directives and types are taken away.
function scriptHasCode(project, path) {
  let rest = lexed(project, path).bare;
  rest = rest.replace(/^\s*(['"])\s*\1;?/gm, '');
  rest = rest.replace(/\b(import|export)\s[^;'"`]*\bfrom\s*(['"])[^'"]*\2\s*;?/g, '');
  rest = rest.replace(/\bimport\s*(['"])[^'"]*\1\s*;?/g, '');
  rest = rest.replace(/\bexport\s+(type\s+)?\{[^}]*\}\s*;?/g, '');
  return withoutTypes(rest).trim() !== '';
}

function withoutTypes(text) {
  const start = /(^|[\n;}])\s*(export\s+)?(declare\s+)?(interface|type)\s+\w/.exec(text);
  if (!start) return text;
  let depth = 0;
  const from = start.index + start[1].length;
  const isInterface = start[4] === 'interface';
  for (let i = from; i < text.length; i += 1) {
    if ('([{'.includes(text[i])) depth += 1;
    if (')]}'.includes(text[i])) depth -= 1;
    const ends = isInterface ? text[i] === '}' : text[i] === ';';
    if (ends && depth === 0) return withoutTypes(text.slice(0, from) + text.slice(i + 1));
  }
  return text.slice(0, from);
}

function strayTests(project) {
  const findings = [];
  for (const path of project.files.keys()) {
    if (!isUnder(path, 'tests') || unmirrored.test(path)) continue;
    const message = strayProblem(project, path);
    if (message) findings.push({ rule, path, line: 1, message });
  }
  return findings;
}

function strayProblem(project, path) {
  const inFolder = /^tests\/.+\//.test(path);
  if (path.endsWith('.cpp')) {
    const stem = /^tests\/(.+)_test\.cpp$/.exec(path)?.[1];
    if (stem === undefined) {
      return inFolder ? 'name it <source>_test.cpp, or move it to tests/support' : '';
    }
    return mirrorsCpp(project, stem) ? '' : `nothing is called wasm/openline/${stem}: move it`;
  }
  const stem = /^tests\/(.+)\.test\.(ts|tsx|js|jsx|mjs)$/.exec(path)?.[1];
  if (stem === undefined) return '';
  return mirrorsScript(project, stem) ? '' : `no source is called like ${stem}: move it`;
}

function mirrorsCpp(project, stem) {
  const names = prefixes(stem, '_');
  const places = ['wasm/openline/', 'wasm/', ''];
  const candidates = places.flatMap((place) => names.map((name) => place + name));
  return candidates.some((one) => ['.cpp', '.hpp', '.h'].some((e) => project.files.has(one + e)));
}

function mirrorsScript(project, stem) {
  const names = prefixes(stem, '.').map((name) => name.replace(/^js\//, 'js/src/'));
  const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs'];
  return names.some((one) => endings.some((e) => isScript(one + e) && project.files.has(one + e)));
}

// A C++ test that CMake does not know is never run, and nobody would notice.
function unlistedTests(project) {
  const isList = (path) => isUnder(path, 'tests') && path.endsWith('CMakeLists.txt');
  const lists = [...project.files].filter(([path]) => isList(path)).map(([, text]) => text);
  const listed = lists
    .join('\n')
    .replace(/#.*/g, '')
    .split(/[\s()/]+/);
  return [...project.files.keys()]
    .filter((path) => /^tests\/.*_test\.cpp$/.test(path) && !listed.includes(basename(path)))
    .map((path) => {
      const message = 'no CMakeLists.txt in tests lists it, so it never runs: add it';
      return { rule: 'listed-test', path, line: 1, message };
    });
}

// connection/machine_open → connection/machine_open, connection/machine
function prefixes(stem, separator) {
  const folder = stem.slice(0, stem.lastIndexOf('/') + 1);
  const parts = stem.slice(folder.length).split(separator);
  return parts.map((_, i) => folder + parts.slice(0, parts.length - i).join(separator));
}
