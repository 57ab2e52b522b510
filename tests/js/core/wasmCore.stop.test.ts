import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { OpenlineError } from '../../../js/src/core/openlineError.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { startCore } from '../../../js/src/core/wasmCore.js';
import { coreModule } from '../../support/coreModule.js';
import { coreFixture } from '../../support/lineFixture.js';
import { RecordingSink } from '../../support/recordingSink.js';
import { userAt } from '../../support/sessionUser.js';
import { turns, until } from '../../support/until.js';

// What happens when the instance traps: its memory cannot be trusted any more.

const onStop = vi.fn();
const { server, lineWith, openLine } = coreFixture(onStop);

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {}); // Emscripten says "Aborted()"
  onStop.mockClear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function trap(): void {
  vi.spyOn(Abi.prototype, 'linePump').mockImplementationOnce(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
}

function failToGrow(): void {
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('no more memory');
  });
}

describe('a trap', () => {
  it('stops every line of the instance, each once, and is reported', async () => {
    const [first, second] = [await openLine(), await openLine()];
    trap();
    first.line.close(undefined, '');
    for (const { sink } of [first, second]) {
      expect(sink.stops).toHaveLength(1);
      const [error] = sink.stops as [OpenlineError];
      expect(error).toMatchObject({ name: 'OpenlineError', code: 'wasm' });
      expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    }
    expect(onStop).toHaveBeenCalled();
  });

  it('closes their sockets, and what these still say reaches nobody', async () => {
    const made = [await openLine(), await openLine()];
    for (const { socket } of server.connections) socket.send('too late');
    trap();
    made[0]?.line.close(undefined, '');
    const told = made.map(({ sink }) => sink.records.length);
    await until(() => server.live === 0, 'the sockets are closed');
    await turns();
    expect(made.map(({ sink }) => sink.records.length)).toEqual(told);
  });

  it('leaves lines that ignore every call', async () => {
    const { line, sink } = await openLine();
    trap();
    line.close(undefined, '');
    expect(line.send('x')).toBe('failed');
    expect(line.queued()).toBe(0);
    expect(line.bufferedAmount()).toBe(0);
    line.open();
    line.reconnect();
    line.setBinaryType('arraybuffer');
    line.dispose();
    expect(sink.stops).toHaveLength(1);
    await until(() => server.live === 0, 'its socket is closed');
    expect(server.connectionCount).toBe(1);
  });

  it('gives back what still waited, in order and as it was when it was sent', () => {
    const { line, sink } = lineWith();
    const bytes = Uint8Array.of(1, 2);
    for (const value of ['a', bytes, 'c']) line.send(value);
    bytes.fill(9);
    trap();
    expect(line.send('d')).toBe('queued');
    expect(sink.unsent).toEqual(['a', Uint8Array.of(1, 2), 'c', 'd']);
  });

  it('gives back nothing of what was sent', async () => {
    const { line, sink } = lineWith();
    line.send('waits');
    line.open();
    await until(() => sink.status === 'open', 'the line is open');
    line.send('at once');
    trap();
    line.close(undefined, '');
    expect(sink.stops).toHaveLength(1);
    expect(sink.unsent).toEqual([]);
  });

  it('while sending makes the message a failed one, which is not given back', () => {
    const { line, sink } = lineWith();
    line.send('a');
    vi.spyOn(Abi.prototype, 'lineSend').mockImplementationOnce(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    expect(line.send('x')).toBe('failed');
    expect(sink.stops).toHaveLength(1);
    expect(sink.unsent).toEqual(['a']);
  });

  it('leaves other instances alone', async () => {
    const { line } = await openLine();
    const other = await startCore({ wasmModule: await coreModule() }, undefined, () => {});
    const sink = new RecordingSink();
    const user = userAt(() => server.url);
    const survivor = other.createLine({ ...resolveOptions({}), binaryType: 'blob', user }, sink);
    survivor.open();
    await until(() => sink.status === 'open', 'the other line is open');
    trap();
    line.close(undefined, '');
    expect(survivor.send('x')).toBe('sent');
    await until(() => sink.messages.length === 1, 'it came back');
    survivor.dispose();
  });
});

describe('memory that does not grow', () => {
  it('stops the line whose argument does not fit', () => {
    const url = () => `ws://example.com/${'x'.repeat(3_000_000)}`;
    const { line, sink } = lineWith({}, { url });
    failToGrow();
    line.open();
    expect(String(sink.stops[0])).toContain('the core is out of memory');
  });

  it('aborts the core when a queue grows, and stops the line', () => {
    const { line, sink } = lineWith({ queue: { maxMessages: 1_000_000 } });
    failToGrow();
    let queued = 0;
    while (line.send('') === 'queued' && queued < 1_000_000) queued += 1;
    expect(sink.stops).toHaveLength(1);
    expect(queued).toBeGreaterThan(1_000);
    expect(line.send('')).toBe('failed');
  });
});
