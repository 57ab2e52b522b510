import { describe, expect, it } from 'vitest';
import { IDLE } from '../../../js/src/core/lineSnapshot.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';
import { refusalOf } from '../../../js/src/core/refusal.js';

describe('refusalOf', () => {
  it.each([
    ['too-large', 'too-large', 'messageBytesMax'],
    ['queue-messages', 'queue-full', 'queue.maxMessages'],
    ['queue-bytes', 'queue-full', 'queue.maxBytes'],
    ['closed', 'closed', 'reconnect()'],
    ['not-open', 'closed', 'not open'],
    ['failed', 'failed', 'reconnect()'],
    ['unsendable', 'unsendable', 'make JSON'],
  ] as const)('explains %s with the code %s and the remedy', (refusal, code, remedy) => {
    const { state, reason } = refusalOf(refusal, IDLE);
    expect(state).toBe('refused');
    expect(reason).toBeInstanceOf(OpenlineError);
    expect(reason?.code).toBe(code);
    expect(reason?.message).toContain(remedy);
  });

  it('says why the line has failed, and nothing of old errors otherwise', () => {
    const error = new OpenlineError('wasm', 'it stopped');
    const line = { ...IDLE, status: 'failed', reason: 'wasm', error } as const;
    expect(refusalOf('failed', line).reason?.cause).toBe(error);
    expect(refusalOf('closed', line).reason?.cause).toBeUndefined();
  });
});
