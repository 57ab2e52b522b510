// Limits on files, functions, lines and parameters. What is over them today may stand in
// ratchet.json with its present size and a reason; it may not grow.
import { functionsIn } from './functions.js';
import { isCpp, isScript, isShell } from './project.js';

const folders = /^(wasm|bindings|js|demo|scripts|tests)\//;
const limits = { file: 250, function: 60, test: 120, line: 100, parameters: 4 };

export function checkSizes(project) {
  const findings = [];
  for (const [path, text] of project.files) {
    const isSource = isCpp(path) || isScript(path);
    if (!folders.test(path) || !(isSource || isShell(path, text))) continue;
    const lines = text.replace(/\n$/, '').split('\n');
    findings.push(...checkFileLength(path, lines), ...checkLineLengths(path, lines));
    if (isSource) findings.push(...checkFunctions(project, path));
  }
  return findings;
}

function checkFileLength(path, { length: size }) {
  if (size <= limits.file) return [];
  const message = `the file has ${size} lines, more than ${limits.file}: split it by subject`;
  return [{ rule: 'file-length', path, line: limits.file + 1, size, message }];
}

function checkLineLengths(path, lines) {
  return lines.flatMap((text, i) => {
    const size = [...text].length;
    if (size <= limits.line || isBareLink(text)) return [];
    const message = `the line has ${size} characters, more than ${limits.line}: break it`;
    return [{ rule: 'line-length', path, line: i + 1, size, message }];
  });
}

// An address cannot be broken; alone on its line of comment it may run over.
function isBareLink(text) {
  return /^\s*(\/\/\/?|\*|#)?\s*<?https?:\/\/\S+$/.test(text);
}

function checkFunctions(project, path) {
  return functionsIn(project, path).flatMap((one) => {
    const at = { path, line: one.line, name: one.name };
    return [...checkFunctionLength(at, one), ...checkParameters(at, one)];
  });
}

function checkFunctionLength(at, { kind, lines: size }) {
  if (kind === 'suite') return [];
  const limit = kind === 'test' ? limits.test : limits.function;
  if (size <= limit) return [];
  const message = `${at.name} has ${size} lines, more than ${limit}: take a part out of it`;
  return [{ rule: 'function-length', ...at, size, message }];
}

function checkParameters(at, { parameters: size }) {
  if (size <= limits.parameters) return [];
  const than = `more than ${limits.parameters}`;
  const message = `${at.name} has ${size} parameters, ${than}: take an options struct or object`;
  return [{ rule: 'parameters', ...at, size, message }];
}
