import { afterEach, expect, vi } from 'vitest';
import { Abi } from '../../js/src/core/abi.js';
import type { Line } from '../../js/src/core/line.js';
import type { LineOptions } from '../../js/src/core/lineOptions.js';
import type { LineUrl } from '../../js/src/core/lineUrl.js';
import { lineFixture } from './lineFixture.js';

/** Open lines to a server of their own, whose core a test makes trap. */
export function trappingLines() {
  const fixture = lineFixture();
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const lineTo = (url: () => LineUrl = () => fixture.server.url, options?: LineOptions): Line => {
    const line = fixture.lineTo(url, options);
    line.open();
    return line;
  };
  return { ...fixture, lineTo };
}

/** The next call of this function of the core traps. */
export function trapIn(
  name: 'linePump' | 'lineReceive' | 'lineWoken' | 'lineSend' | 'lineClose',
): void {
  vi.spyOn(Abi.prototype, name).mockImplementationOnce(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
}

/** It has heard of the stop, and goes on with a fresh core. */
export function expectStopped(line: Line): void {
  expect(line.snapshot).toMatchObject({ status: 'connecting', reason: null });
  expect(line.snapshot.error).toMatchObject({ code: 'wasm' });
  expect(line.snapshot.error?.message).toContain('has stopped (unreachable)');
}
