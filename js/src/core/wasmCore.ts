import { Abi } from './abi.js';
import { attach } from './attachedLine.js';
import { compileCore } from './compileCore.js';
import type { Core } from './core.js';
import type { CoreCode } from './glueStart.js';
import { lineNow } from './host.js';
import type { CoreSource } from './loadCore.js';
import { MessagePassing } from './messagePassing.js';
import { PageSignals } from './pageSignals.js';
import { loadScript } from './scriptCore.js';
import { SocketEvents } from './socketEvents.js';
import { WasmLine } from './wasmLine.js';

// The core on this thread, in a lazily loaded chunk together with the glue.

/**
 * Starts an instance of the core, from an override or from `packed` (wasm-bytes.js).
 *
 * @param onStop the instance has trapped: its lines have been told, and it is of no use any more
 */
export async function startCore(
  source: CoreSource,
  packed: string | undefined,
  onStop: () => void,
): Promise<Core> {
  return startWith(await compileCore(source, packed), onStop);
}

/** The same where WebAssembly is forbidden. */
export async function startScript(hasDocuments: boolean, onStop: () => void): Promise<Core> {
  return startWith(await loadScript(hasDocuments), onStop);
}

async function startWith(code: CoreCode, onStop: () => void): Promise<Core> {
  const lines = new Map<number, WasmLine>();
  const stop = (error: unknown) => {
    onStop();
    // None of them enters the instance again, whatever the ones told first do.
    const stopped = [...lines.values()];
    lines.clear();
    for (const line of stopped) line.stop(error);
  };
  const abi = await Abi.start(code, {
    openline: (line) => lines.get(line),
    openlineNow: lineNow,
    onAbort: stop,
  });
  const instance = { abi, lines, page: new PageSignals(), stop };
  const core: Core = {
    createLine: (config, sink) => new WasmLine(instance, config, sink),
    attach: (line) => attach(core, line),
    createEvents: (line) => new SocketEvents(line),
    createPassing: (...given) => new MessagePassing(...given),
  };
  return core;
}
