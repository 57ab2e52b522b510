// The include rule of the C++ core: who may include whom, and in which order a file says so.
//   base <- {ports, json} <- {connection, outbox, protocol, inbox, state} <- client <- bindings
// The five in the middle never include one another; only wasm/platform knows Emscripten.
import { lexed } from './lex.js';
import { isCpp, isHeader, isUnder, lineAt } from './project.js';

const low = ['base', 'ports', 'json'];
const middle = ['connection', 'outbox', 'protocol', 'inbox', 'state'];
const everything = [...low, ...middle, 'client'];

const mayInclude = new Map([
  ['base', ['base']],
  ['ports', ['base', 'ports']],
  ['json', ['base', 'json']],
  ...middle.map((folder) => [folder, [...low, folder]]),
  ['client', everything],
  ['bindings', [...everything, 'bindings']],
  ['platform', ['base', 'ports', 'bindings', 'platform']],
]);

// The core asks its ports for time and chance, and says nothing to a console.
const forbiddenInCore =
  /^(chrono|ctime|time\.h|random|thread|mutex|future|iostream|ostream|istream|fstream|sys\/.*)$/;
const emscriptenWords = /\b(EM_JS|EM_ASYNC_JS|EM_ASM\w*|EMSCRIPTEN_KEEPALIVE)\b/g;

export function checkIncludes(project) {
  const findings = [];
  for (const path of project.files.keys()) {
    if (!isCpp(path) || !/^(wasm|bindings|tests)\//.test(path)) continue;
    const { code, bare } = lexed(project, path);
    const layer = layerOf(path);
    const add = (line, message) => findings.push({ rule: 'include', path, line, message });
    if (layer === undefined) {
      add(1, `this folder is not in the include rule: use one of ${everything.join(', ')}`);
      continue;
    }
    const includes = includesIn(code);
    for (const one of includes) {
      const message = problemOf({ path, layer, ...one });
      if (message) add(one.line, message);
    }
    checkOrder(project, path, includes, add);
    if (isHeader(path) && !/^\s*#pragma once\b/m.test(code)) add(1, 'put #pragma once on top');
    if (layer !== 'platform') checkEmscriptenWords(bare, add);
  }
  return findings;
}

// 'tests' may include everything below it; undefined for a folder that the rule does not know.
function layerOf(path) {
  if (isUnder(path, 'bindings')) return 'bindings';
  if (isUnder(path, 'wasm/platform')) return 'platform';
  if (isUnder(path, 'tests')) return 'tests';
  const folder = /^wasm\/openline\/(\w+)\//.exec(path)?.[1];
  return everything.includes(folder) ? folder : undefined;
}

function includesIn(code) {
  const matches = code.matchAll(/^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]*)[">]/gm);
  return [...matches].map((match) => ({
    quote: match[1],
    header: match[2],
    index: match.index,
    line: lineAt(code, match.index),
  }));
}

function problemOf({ path, layer, quote, header }) {
  if (quote === '"') return `"${header}" is quoted: root it, like <openline/base/time.hpp>`;
  if (/^(emscripten|html5)/.test(header) && layer !== 'platform') {
    return `<${header}> is Emscripten's: only wasm/platform may include it`;
  }
  if (header.startsWith('nlohmann/')) return nlohmannProblem({ path, layer, header });
  if (!mayInclude.has(layer)) return '';
  const target = targetOf(header);
  if (target !== undefined && !mayInclude.get(layer).includes(target)) {
    return `${layer} may not include <${header}>: only ${mayInclude.get(layer).join(', ')}`;
  }
  if (layer === 'platform' && target === 'bindings' && !header.endsWith('.h')) {
    return `platform may include the flat C header of bindings, not <${header}>`;
  }
  const core = everything.includes(layer) || layer === 'bindings';
  return core && forbiddenInCore.test(header)
    ? `<${header}> brings a clock, chance, threads or a console into the core: use a port`
    : '';
}

function targetOf(header) {
  if (/^(bindings|platform|tests|support)\//.test(header)) return header.split('/')[0];
  return header.startsWith('openline/') ? header.split('/')[1] : undefined;
}

function nlohmannProblem({ path, layer, header }) {
  if (layer === 'tests') return '';
  const forward = header === 'nlohmann/json_fwd.hpp';
  if (layer === 'state' && (forward || !isHeader(path))) return '';
  return `<${header}> belongs to .cpp files of wasm/openline/state and to tests`;
}

function checkEmscriptenWords(bare, add) {
  for (const match of bare.matchAll(emscriptenWords)) {
    add(lineAt(bare, match.index), `${match[0]} belongs to wasm/platform alone`);
  }
}

// Own header, ours, third party, standard. Only unconditional includes: within #if order is free.
function checkOrder(project, path, includes, add) {
  const { bare } = lexed(project, path);
  let last = 0;
  for (const { header, line, index } of includes) {
    if (isConditional(bare, index)) continue;
    const rank = rankOf(path, header);
    if (rank < last) {
      add(line, `<${header}> comes too late: own header, openline, third party, then standard`);
    }
    last = Math.max(last, rank);
  }
}

function isConditional(bare, index) {
  const before = bare.slice(0, index);
  const opened = before.match(/^[ \t]*#[ \t]*if/gm)?.length ?? 0;
  return opened > (before.match(/^[ \t]*#[ \t]*endif/gm)?.length ?? 0);
}

function rankOf(path, header) {
  const stem = (name) => name.replace(/^(wasm|tests)\//, '').replace(/(_test)?\.\w+$/, '');
  if (stem(path) === stem(header.replace(/^openline\//, ''))) return 0;
  if (stem(path) === `openline/${stem(header.replace(/^openline\//, ''))}`) return 0;
  if (/^(openline|bindings|platform|tests|support)\//.test(header)) return 1;
  return /^[a-z_0-9]+(\.h)?$/.test(header) ? 3 : 2;
}
