import { expect, it, vi } from 'vitest';
import { type LineServerEvent, report } from '../../../js/src/server/events.js';

const event: LineServerEvent = { type: 'ignored', option: 'limits' };

it('hands an event on', () => {
  const listener = vi.fn();
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  report(listener, event);
  expect(listener).toHaveBeenCalledExactlyOnceWith(event);
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

it('tells the console where nobody listens, and survives one that fails', () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {
    throw new Error('EPIPE');
  });
  expect(() => report(undefined, event)).not.toThrow();
  expect(warned).toHaveBeenCalledOnce();
  warned.mockRestore();
});

it('swallows what a listener throws or rejects with', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const rejects = async () => {
    throw new Error('no disk');
  };
  report(() => {
    throw new Error('no disk');
  }, event);
  report(() => void 0, event);
  report(rejects as () => void, event);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
