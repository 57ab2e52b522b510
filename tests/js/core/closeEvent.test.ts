import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeEvent } from '../../../js/src/core/closeEvent.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('closeEvent', () => {
  const details = { code: 1000, wasClean: true, reason: 'bye' };

  it('is made without a constructor where there is none (Node 20)', () => {
    vi.stubGlobal('CloseEvent', undefined);
    const event = closeEvent(details);
    expect(event).toBeInstanceOf(Event);
    expect(event).toMatchObject({ type: 'close', ...details });
  });

  it("is the platform's own where there is one", () => {
    class CloseEvent extends Event {
      constructor(
        type: string,
        readonly init: object,
      ) {
        super(type);
      }
    }
    vi.stubGlobal('CloseEvent', CloseEvent);
    expect(closeEvent(details)).toBeInstanceOf(CloseEvent);
    expect(closeEvent(details)).toMatchObject({ type: 'close', init: details });
  });
});
