import { describe, expect, it, vi } from 'vitest';
import { SocketGate } from '../../../js/src/core/socketGate.js';

function socketOf(readyState: number, send = vi.fn()): WebSocket {
  return { readyState, send, close: vi.fn() } as unknown as WebSocket;
}

function gateTo(socket: WebSocket): SocketGate {
  const gate = new SocketGate(4);
  gate.attach(socket);
  gate.unlock(true);
  return gate;
}

describe('SocketGate', () => {
  it('sends only when the core allows it and the socket is really open', () => {
    expect(new SocketGate(4).send('x')).toBeNull();
    expect(gateTo(socketOf(1)).send('x')).toBe('sent');
    const send = vi.fn();
    for (const state of [0, 2, 3]) expect(gateTo(socketOf(state, send)).send('x')).toBeNull();
    const gate = gateTo(socketOf(1, send));
    gate.unlock(false);
    expect(gate.send('x')).toBeNull();
    expect(send).not.toHaveBeenCalled();
  });

  it('sends within the limit, refuses beyond it and what the socket throws on', () => {
    const send = vi.fn();
    const gate = gateTo(socketOf(1, send));
    expect(gate.send('four')).toBe('sent');
    expect(gate.send('fives')).toBe('too-large');
    expect(send.mock.calls).toEqual([['four']]);
    send.mockImplementation(() => {
      throw new TypeError('no');
    });
    expect(gate.send('x')).toBe('unsendable');
  });

  it('when cut closes the socket, hears nothing more of it and stays shut', () => {
    const socket = socketOf(1);
    Object.assign(socket, { onopen: vi.fn(), onmessage: vi.fn(), onclose: vi.fn() });
    const gate = gateTo(socket);
    gate.cut();
    expect(gate.send('x')).toBeNull();
    expect(socket.close).toHaveBeenCalledOnce();
    expect([socket.onopen, socket.onmessage, socket.onclose]).toEqual([null, null, null]);
    expect(() => socket.onerror?.(new Event('error'))).not.toThrow();
  });
});
