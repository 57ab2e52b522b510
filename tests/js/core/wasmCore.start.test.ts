import { describe, expect, it } from 'vitest';
import type { Core } from '../../../js/src/core/core.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { startCore, startScript } from '../../../js/src/core/wasmCore.js';
import { packedCore } from '../../support/coreModule.js';
import { RecordingSink } from '../../support/recordingSink.js';
import { nowhere, userAt } from '../../support/sessionUser.js';

function openLineOf(core: Core) {
  const sink = new RecordingSink();
  const config = { ...resolveOptions({}), binaryType: 'blob' as const, user: userAt(nowhere) };
  const line = core.createLine(config, sink);
  line.open();
  return { line, sink };
}

describe('startCore', () => {
  it('starts from the packed bytes of the bundle', async () => {
    const { line, sink } = openLineOf(await startCore({}, await packedCore(), () => {}));
    expect(sink.statuses).toEqual(['connecting']);
    line.dispose();
  });
});

describe('startScript', () => {
  it.each([false, true])('starts from JavaScript (with documents: %s)', async (hasDocuments) => {
    const { line, sink } = openLineOf(await startScript(hasDocuments, () => {}));
    expect(sink.statuses).toEqual(['connecting']);
    line.dispose();
  });
});
