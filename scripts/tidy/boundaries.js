// Who in js/src may import and touch what: React, linear memory, and the world outside (time,
// chance, console, network). The server part runs in Node; no client, it has its own clock.
import { posix } from 'node:path';
import { lexed } from './lex.js';
import { isScript, isUnder, lineAt } from './project.js';

/** Who knows linear memory. */
const abi = /^js\/src\/core\/abi(Memory|States)?\.ts$/;
const core = 'js/src/core';
const host = /^js\/src\/core\/(host\/|host\.ts$|\w+Host\.ts$)/;
const nodeSide = /^js\/src\/(server\/|vite\.ts$)/;

const memoryWords =
  /\bHEAP[UF]?(8|16|32|64)?\b|\b_ol_\w+|\bmemory\s*\??\.\s*buffer\b|\bwasmMemory\b/g;
const memoryViews =
  /\bnew\s+(DataView|\w+Array)\s*\(([^()]|\([^()]*\))*\b(memory|heap|wasm\w*)\b/gi;

const globals = [
  'setTimeout|clearTimeout|setInterval|clearInterval|setImmediate|queueMicrotask',
  'requestAnimationFrame|cancelAnimationFrame|requestIdleCallback|cancelIdleCallback',
  'MessageChannel|BroadcastChannel|Date\\s*\\.\\s*now|new\\s+Date|performance\\s*\\.\\s*now',
  'Math\\s*\\.\\s*random|crypto\\s*\\.\\s*\\w+|console\\s*\\.\\s*\\w+',
  'fetch\\s*\\(|new\\s+(WebSocket|XMLHttpRequest|EventSource|Worker|SharedWorker)',
].join('|');
// A member of something else, `host.setTimeout`, is no global; of globalThis or window it is.
const worldWords = new RegExp(
  `(?<![\\w$.]|typeof\\s)((?:globalThis|window|self)\\s*\\??\\.\\s*)?(${globals})(?![\\w$])`,
  'g',
);
const calledForm = /\(\s*$/;

export function checkBoundaries(project) {
  const findings = [];
  for (const path of project.files.keys()) {
    if (!isScript(path) || !isUnder(path, 'js/src')) continue;
    const { code, bare } = lexed(project, path);
    const add = (index, message) => {
      findings.push({ rule: 'boundary', path, line: lineAt(code, index), message });
    };
    for (const { specifier, index } of importsIn(code)) {
      const message = importProblem(path, specifier);
      if (message) add(index, message);
    }
    if (!abi.test(path) && !path.endsWith('.d.ts')) checkMemory({ code, bare, add });
    if (!host.test(path) && !nodeSide.test(path)) checkWorld(bare, add);
  }
  return findings;
}

export function importsIn(code) {
  const pattern = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
  return [...code.matchAll(pattern)].map((found) => ({ specifier: found[2], index: found.index }));
}

function importProblem(path, specifier) {
  if (/^(react|react-dom)(\/|$)/.test(specifier) && !isUnder(path, 'js/src/react')) {
    return `only js/src/react may import '${specifier}'`;
  }
  if (!isUnder(path, core)) return '';
  const target = posix.join(posix.dirname(path), specifier);
  const stays = specifier.startsWith('.') && isUnder(target, core);
  return stays ? '' : `js/src/core imports nothing from outside itself, so not '${specifier}'`;
}

function checkMemory({ code, bare, add }) {
  // `code`, not `bare`: module['HEAPU8'] touches memory as well.
  for (const match of code.matchAll(memoryWords)) {
    add(match.index, `${match[0]} touches linear memory or an export: only ${abi} may`);
  }
  for (const match of bare.matchAll(memoryViews)) {
    add(match.index, `a ${match[1]} over linear memory: only ${abi} may make one`);
  }
}

function checkWorld(bare, add) {
  for (const match of bare.matchAll(worldWords)) {
    if (isDeclared(bare, match.index + match[0].length)) continue;
    const what = match[0].replace(calledForm, '').replace(/\s+/g, ' ');
    add(match.index, `${what} is the outside world: only ${core}/host.ts may use it`);
  }
}

// `setTimeout: …` names a property; the same in `a ? setTimeout : b` is a use.
function isDeclared(bare, end) {
  const line = bare.slice(bare.lastIndexOf('\n', end - 1) + 1, end);
  return /^\s*\??:/.test(bare.slice(end, end + 20)) && !line.includes('?');
}
