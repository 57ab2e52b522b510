// The boundary is written down three times: declared in C, exported by the linker, called from
// TypeScript or from the platform's JavaScript library. The three must say the same. What only the
// platform's C++ calls is linked to it and needs no export.
import { lexed } from './lex.js';
import { isCpp, isUnder, lineAt } from './project.js';

const header = 'bindings/openline_abi.h';
const exportsList = 'bindings/exports.txt';
const callers = ['abi', 'abiMemory', 'abiStates'].map((name) => `js/src/core/${name}.ts`);
const glueTypes = 'js/src/core/glue.d.ts';
const library = 'wasm/platform/library_openline.js';

export function checkAbi(project) {
  const declared = namesIn(project, header, /\b(ol_\w+)\s*\(/g);
  const exported = exportedNames(project);
  const linked = namesInPlatform(project);
  const isNotLinked = (name) => !linked.has(name);
  const isOurs = (name) => name.startsWith('ol_');
  const addIt = `is not in ${exportsList}: add it`;
  const declareIt = `is not declared in ${header}: declare or remove it`;
  return [
    ...missing(declared, exported, { path: header, what: addIt, only: isNotLinked }),
    ...missing(exported, declared, { path: exportsList, what: declareIt, only: isOurs }),
    ...[...callers, glueTypes].flatMap((path) => {
      const called = namesIn(project, path, /(?<!\w)_(ol_\w+)/g);
      return missing(called, exported, { path, what: addIt });
    }),
    ...missing(foreignNames(project), exported, { path: library, what: addIt }),
    ...unused(project, exported),
    ...malformed(project),
  ];
}

function missing(from, among, { path, what, only = () => true }) {
  return [...from]
    .filter(([name]) => only(name) && !among.has(name))
    .map(([name, line]) => ({ rule: 'abi', path, line, message: `${name} ${what}` }));
}

// malloc and free may be exported too; whoever exports them must call them.
function unused(project, exported) {
  const present = [...callers, library].filter((path) => project.files.has(path));
  const code = present.map((path) => lexed(project, path).code).join('\n');
  return [...exported]
    .filter(([name]) => !new RegExp(`(?<!\\w)_${name}(?!\\w)`).test(code))
    .map(([name, line]) => {
      const message = `${name} is used neither by ${callers[0]} nor by ${library}: remove it`;
      return { rule: 'abi', path: exportsList, line, message };
    });
}

function namesIn(project, path, pattern) {
  const names = new Map();
  if (!project.files.has(path)) return names;
  const { code } = lexed(project, path);
  for (const match of code.matchAll(pattern)) {
    if (!names.has(match[1])) names.set(match[1], lineAt(code, match.index));
  }
  return names;
}

function namesInPlatform(project) {
  const paths = [...project.files.keys()].filter((path) => isUnder(path, 'wasm/platform'));
  const all = paths.filter(isCpp).map((path) => namesIn(project, path, /\b(ol_\w+)\s*\(/g));
  return new Set(all.flatMap((names) => [...names.keys()]));
}

// Emscripten calls a library function `ol_x` by `_ol_x` as well; those that it defines are its own.
function foreignNames(project) {
  const names = namesIn(project, library, /(?<![\w$])_(ol_\w+)/g);
  const code = project.files.has(library) ? lexed(project, library).code : '';
  for (const match of code.matchAll(/(?<![\w$.])['"]?(ol_\w+?)(__\w+)?['"]?\s*[:(]/g)) {
    names.delete(match[1]);
  }
  return names;
}

function exportLines(project) {
  const lines = (project.files.get(exportsList) ?? '').split('\n');
  const named = lines.map((text, i) => ({ name: text.replace(/#.*/, '').trim(), line: i + 1 }));
  return named.filter(({ name }) => name !== '');
}

function exportedNames(project) {
  return new Map(exportLines(project).map(({ name, line }) => [name, line]));
}

function malformed(project) {
  const lines = exportLines(project);
  const findings = [];
  lines.forEach(({ name, line }, i) => {
    const at = { rule: 'abi', path: exportsList, line };
    if (!/^[a-z]\w*$/.test(name)) {
      findings.push({ ...at, message: `'${name}': one name a line, without an underscore` });
    } else if (lines.findIndex((one) => one.name === name) < i) {
      findings.push({ ...at, message: `${name} is listed twice: remove one` });
    }
  });
  return findings;
}
