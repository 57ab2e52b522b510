import { describe, expect, it } from 'vitest';
import { checkBoundaries } from '../../../scripts/tidy/boundaries.js';
import { checkIncludes } from '../../../scripts/tidy/includes.js';
import { projectOf } from '../../../scripts/tidy/project.js';

const header = '#pragma once\n';

function includeFindings(path, text) {
  return checkIncludes(projectOf({ [path]: text })).map(({ message }) => message);
}

function boundaryFindings(path, text) {
  return checkBoundaries(projectOf({ [path]: text })).map(({ message }) => message);
}

describe('the include rule', () => {
  it.each([
    ['wasm/openline/base/time.cpp', 'openline/ports/clock_port.hpp'],
    ['wasm/openline/ports/clock_port.cpp', 'openline/json/scanner.hpp'],
    ['wasm/openline/json/scanner.cpp', 'openline/ports/clock_port.hpp'],
    ['wasm/openline/connection/backoff.cpp', 'openline/outbox/outbox.hpp'],
    ['wasm/openline/state/log.cpp', 'openline/protocol/frame.hpp'],
    ['wasm/openline/inbox/inbox.cpp', 'openline/client/client.hpp'],
    ['wasm/openline/client/client.cpp', 'bindings/openline_abi.h'],
    ['wasm/openline/client/client.cpp', 'platform/emscripten_clock.hpp'],
    ['bindings/openline_abi.cpp', 'platform/emscripten_clock.hpp'],
    ['wasm/platform/emscripten_clock.cpp', 'openline/connection/backoff.hpp'],
    ['wasm/platform/emscripten_clock.cpp', 'bindings/lines.hpp'],
    ['wasm/openline/outbox/outbox.cpp', 'support/virtual_clock.hpp'],
    ['wasm/openline/client/client.cpp', 'emscripten/html5.h'],
    ['bindings/openline_abi.cpp', 'emscripten/emscripten.h'],
    ['wasm/openline/client/client.cpp', 'nlohmann/json.hpp'],
    ['bindings/openline_abi.cpp', 'nlohmann/json.hpp'],
    ['wasm/openline/connection/backoff.cpp', 'chrono'],
    ['wasm/openline/base/random.cpp', 'random'],
    ['bindings/openline_abi.cpp', 'iostream'],
  ])('forbids %s to include <%s>', (path, included) => {
    expect(includeFindings(path, `#include <${included}>\n`)).toHaveLength(1);
  });

  it.each([
    ['wasm/openline/connection/backoff.cpp', 'openline/connection/backoff.hpp'],
    ['wasm/openline/state/log.cpp', 'openline/json/scanner.hpp'],
    ['wasm/openline/state/document.cpp', 'nlohmann/json.hpp'],
    ['wasm/openline/client/client.cpp', 'openline/outbox/outbox.hpp'],
    ['bindings/openline_abi.cpp', 'openline/client/client.hpp'],
    ['wasm/platform/emscripten_clock.cpp', 'openline/ports/clock_port.hpp'],
    ['wasm/platform/emscripten_clock.cpp', 'bindings/openline_abi.h'],
    ['wasm/platform/emscripten_clock.cpp', 'emscripten/html5.h'],
    ['tests/client/client_test.cpp', 'nlohmann/json.hpp'],
    ['tests/client/client_test.cpp', 'support/virtual_clock.hpp'],
  ])('allows %s to include <%s>', (path, included) => {
    expect(includeFindings(path, `#include <${included}>\n`)).toEqual([]);
  });

  it('allows the headers of state the forward declarations of nlohmann alone', () => {
    const path = 'wasm/openline/state/document.hpp';
    expect(includeFindings(path, `${header}#include <nlohmann/json_fwd.hpp>\n`)).toEqual([]);
    expect(includeFindings(path, `${header}#include <nlohmann/json.hpp>\n`)).toHaveLength(1);
  });

  it('forbids quoted includes, headers without #pragma once, and unknown folders', () => {
    expect(includeFindings('tests/a_test.cpp', '#include "a.hpp"\n')).toHaveLength(1);
    expect(includeFindings('wasm/openline/base/a.hpp', '#include <cstdint>\n')).toHaveLength(1);
    expect(includeFindings('wasm/openline/extra/a.cpp', '')).toHaveLength(1);
  });

  it('keeps the macros of Emscripten in wasm/platform', () => {
    const text = 'EM_JS(void, f, (), {});\n// EM_ASM in a comment\n';
    expect(includeFindings('bindings/openline_abi.cpp', text)).toHaveLength(1);
    expect(includeFindings('wasm/platform/a.cpp', text)).toEqual([]);
  });

  it('asks for own header, openline, third party, standard, in this order', () => {
    const own = '#include <openline/state/log.hpp>\n';
    const ours = '#include <openline/base/time.hpp>\n';
    const third = '#include <nlohmann/json.hpp>\n';
    const standard = '#include <string>\n';
    const path = 'wasm/openline/state/log.cpp';
    expect(includeFindings(path, own + ours + third + standard)).toEqual([]);
    expect(includeFindings(path, ours + own + third + standard)).toHaveLength(1);
    expect(includeFindings(path, own + third + ours + standard)).toHaveLength(1);
    expect(includeFindings(path, own + ours + standard + third)).toHaveLength(1);
    expect(includeFindings(path, `${own}${standard}#if A\n${third}#endif\n`)).toEqual([]);
  });
});

describe('the boundaries of the TypeScript', () => {
  it.each([
    ['js/src/index.ts', "import { useState } from 'react';", 'only js/src/react'],
    ['js/src/websocket.ts', "const r = await import('react-dom/client');", 'only js/src/react'],
    ['js/src/core/line.ts', "import { x } from '../react/x.js';", 'nothing from outside'],
    ['js/src/core/line.ts', "import ws from 'ws';", 'nothing from outside'],
    ['js/src/core/line.ts', 'const bytes = glue.HEAPU8;', 'linear memory'],
    ['js/src/core/line.ts', "const bytes = glue['HEAPU8'];", 'linear memory'],
    ['js/src/react/x.ts', 'glue._ol_line_open(1);', 'linear memory'],
    ['js/src/core/line.ts', 'new Uint8Array(instance.memory.buffer);', 'linear memory'],
    ['js/src/core/line.ts', 'new DataView(wasm.view().buffer);', 'DataView over linear memory'],
    ['js/src/react/x.ts', 'setTimeout(f, 1);', 'setTimeout'],
    ['js/src/core/line.ts', 'const now = Date.now();', 'Date.now'],
    ['js/src/core/line.ts', 'later(a ? queueMicrotask : b);', 'queueMicrotask'],
    ['js/src/index.ts', 'globalThis.crypto.randomUUID();', 'crypto.randomUUID'],
    ['js/src/react/x.ts', 'new MessageChannel();', 'MessageChannel'],
    ['js/src/react/x.ts', "console.warn('a');", 'console.warn'],
    ['js/src/react/x.ts', 'new WebSocket(url);', 'new WebSocket'],
  ])('in %s finds: %s', (path, text, expected) => {
    expect(boundaryFindings(path, text).join('\n')).toContain(expected);
  });

  it.each([
    ['js/src/react/x.ts', "import { useState } from 'react';"],
    ['js/src/index.ts', "import { a } from './core/reactive.js'; import b from 'react-is-not';"],
    ['js/src/core/line.ts', "import { x } from './parts/x.js';"],
    ['js/src/core/abi.ts', 'glue._ol_line_open(new DataView(glue.HEAPU8.buffer).byteLength);'],
    ['js/src/core/glue.d.ts', 'interface Glue { _ol_line_open(line: number): void }'],
    ['js/src/core/frame.ts', 'new DataView(message.buffer);'],
    ['js/src/core/host.ts', 'setTimeout(f, 1);'],
    ['js/src/server/index.ts', 'setTimeout(f, Date.now());'],
    ['js/src/react/x.ts', "host.setTimeout(f, 1); a('setTimeout'); // Date.now()"],
    ['js/src/react/x.ts', 'type Clock = { setTimeout: Later; readonly fetchedAt: number };'],
    ['js/src/react/x.ts', 'const state = WebSocket.OPEN; let socket: WebSocket;'],
  ])('in %s finds nothing wrong with: %s', (path, text) => {
    expect(boundaryFindings(path, text)).toEqual([]);
  });
});
