import { describe, expect, it, vi } from 'vitest';
import type { OpenedLine } from '../../../js/src/core/openedLine.js';
import { lineControls } from '../../../js/src/react/lineControls.js';

const line = { send: vi.fn(() => 'receipt'), reconnect: vi.fn(), close: vi.fn() };

describe('lineControls', () => {
  it('pass on to the line that is there then', () => {
    const { send, reconnect, close } = lineControls(() => line as unknown as OpenedLine);
    expect(send('chat', 1)).toBe('receipt');
    send('plain');
    reconnect();
    close(1000, 'bye');
    expect(line.send.mock.calls).toEqual([['chat', 1], ['plain']]);
    expect(line.reconnect).toHaveBeenCalledOnce();
    expect(line.close).toHaveBeenCalledExactlyOnceWith(1000, 'bye');
  });

  it('refuse to send while there is none, and do nothing else', async () => {
    const { send, reconnect, close } = lineControls(() => null);
    const { settled, ...receipt } = send('chat', 1);
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    expect(await settled).toMatchObject({ outcome: 'rejected', reason: { code: 'closed' } });
    reconnect();
    close();
  });
});
