import { describe, expect, it, vi } from 'vitest';
import { resolveOptions } from '../../../js/src/core/options.js';
import { SocketSession } from '../../../js/src/core/socketSession.js';
import { socketControls } from '../../../js/src/react/socketControls.js';
import { userAt } from '../../support/sessionUser.js';

const session = () =>
  new SocketSession(
    userAt(() => '/line'),
    resolveOptions({}),
  );

describe('socketControls', () => {
  it('without a component, or without a URL, refuse and do nothing', () => {
    for (const present of [null, { session: session(), url: null }]) {
      const controls = socketControls(() => present);
      expect(controls.getWebSocket()).toBeNull();
      for (const receipt of [controls.sendMessage('x'), controls.sendJsonMessage({})]) {
        expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
      }
      expect(() => controls.reconnect()).not.toThrow();
      expect(() => controls.close()).not.toThrow();
    }
  });

  it('ask for the present line each time', () => {
    const present = vi.fn(() => null);
    const controls = socketControls(present);
    expect(present).not.toHaveBeenCalled();
    controls.sendMessage('a');
    controls.reconnect();
    expect(present).toHaveBeenCalledTimes(2);
  });

  it('send before the line is open, and JSON as its text', () => {
    const now = session();
    const send = vi.spyOn(now, 'send');
    const controls = socketControls(() => ({ session: now, url: '/line' }));
    expect(controls.sendMessage('a')).toEqual({ state: 'queued' });
    expect(controls.sendJsonMessage({ b: [1] })).toEqual({ state: 'queued' });
    expect(controls.sendJsonMessage(null, true)).toEqual({ state: 'queued' });
    expect(send.mock.calls).toEqual([
      ['a', undefined],
      ['{"b":[1]}', undefined],
      ['null', true],
    ]);
  });

  it('refuse what is not to be kept while the line is not open', () => {
    const now = session();
    const controls = socketControls(() => ({ session: now, url: '/line' }));
    for (const { reason } of [
      controls.sendMessage('a', false),
      controls.sendJsonMessage({}, false),
    ]) {
      expect(reason?.code).toBe('closed');
      expect(reason?.message).toContain('others wait before it');
    }
    expect(now.getSnapshot().queued).toBe(0);
  });

  it('carry the exception of a value that has no JSON form as the cause', () => {
    const controls = socketControls(() => ({ session: session(), url: '/line' }));
    const error = new Error('no');
    const value = {
      toJSON() {
        throw error;
      },
    };
    const { reason } = controls.sendJsonMessage(value);
    expect(reason?.code).toBe('unsendable');
    expect(reason?.cause).toBe(error);
    expect(controls.sendJsonMessage(undefined).reason?.message).toContain('undefined has no JSON');
  });
});
