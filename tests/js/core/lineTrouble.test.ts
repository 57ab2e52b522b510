import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CoreRecord } from '../../../js/src/core/core.js';
import { LineTrouble } from '../../../js/src/core/lineTrouble.js';
import { OpenlineError } from '../../../js/src/core/openlineError.js';
import type { FailureReason, Status } from '../../../js/src/core/status.js';

type StatusRecord = CoreRecord & { kind: 'status' };

function explained(trouble: LineTrouble, status: Status, reason: FailureReason | null = null) {
  const record: StatusRecord = {
    kind: 'status',
    status,
    reason,
    attempt: 0,
    retryAt: null,
    error: null,
  };
  return (trouble.explain(record, undefined) as StatusRecord).error;
}

afterEach(() => vi.unstubAllGlobals());

describe('LineTrouble', () => {
  it('goes with the statuses until the line is open or closed', () => {
    for (const end of ['open', 'closed'] as const) {
      const trouble = new LineTrouble();
      trouble.noUrl(new Error('signed out'));
      expect(explained(trouble, 'waiting')?.message).toContain('signed out');
      expect(explained(trouble, 'connecting')?.code).toBe('url');
      expect(explained(trouble, end)).toBeNull();
      expect(explained(trouble, 'connecting')).toBeNull();
    }
  });

  it('says that credentials could not be renewed, until the line is open', () => {
    const trouble = new LineTrouble();
    trouble.noCredentials(new Error('offline'));
    const error = explained(trouble, 'waiting');
    expect(error?.code).toBe('auth');
    expect(error?.message).toBe(
      'openline: the credentials could not be renewed (offline); it is tried again.',
    );
    expect(error?.cause).toBeInstanceOf(Error);
    expect(explained(trouble, 'connecting')).toBe(error);
    expect(explained(trouble, 'open')).toBeNull();
  });

  it('explains a failure for lack of credentials by what is known more closely', () => {
    const trouble = new LineTrouble();
    trouble.noCredentials(new Error('offline'));
    expect(explained(trouble, 'failed', 'auth')?.message).toContain('(offline)');
    trouble.clear();
    expect(explained(trouble, 'failed', 'auth')?.message).toContain('refused the credentials');
  });

  it('explains a failure by what is known more closely', () => {
    const trouble = new LineTrouble();
    const bad = new OpenlineError('url', 'no #fragment');
    trouble.badUrl(bad);
    expect(explained(trouble, 'failed', 'url')).toBe(bad);
  });

  it('does not show the URL that a browser quotes', () => {
    vi.stubGlobal('WebSocket', class {});
    const trouble = new LineTrouble();
    trouble.refused(new SyntaxError("The URL 'ws://here/?token=secret' is invalid."));
    const error = explained(trouble, 'failed', 'url');
    expect(error?.message).toContain('(SyntaxError)');
    expect(`${error?.stack} ${String(error?.cause)}`).not.toContain('secret');
  });

  it('says where a WebSocket can be had if there is none', () => {
    vi.stubGlobal('WebSocket', undefined);
    const trouble = new LineTrouble();
    trouble.refused(new ReferenceError('WebSocket is not defined'));
    expect(explained(trouble, 'failed', 'url')?.message).toBe(
      'openline: there is no WebSocket here; Node.js 22 has one, or put that of the package ws ' +
        'on globalThis.WebSocket.',
    );
  });

  it('is forgotten when the line is tried afresh, so that causes do not pile up', () => {
    const trouble = new LineTrouble();
    for (let i = 0; i < 3; i++) {
      const error = explained(trouble, 'failed', 'attempts');
      expect(error?.cause).toBeUndefined();
      trouble.clear();
      expect(explained(trouble, 'connecting')).toBeNull();
    }
  });
});
