import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type UseWebSocketResult, useWebSocket } from '../../../js/src/react/index.js';
import { turns } from '../../support/until.js';

// Without a document, as in the server of a Remix app.

const touched: string[] = [];

/** Notes whoever makes or reads one of these. */
function watch(name: string): void {
  const original = Reflect.get(globalThis, name);
  const trap = () => {
    touched.push(name);
    return original;
  };
  vi.stubGlobal(name, original);
  Object.defineProperty(globalThis, name, { get: trap, configurable: true });
}

beforeEach(() => {
  touched.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

function Page({ url, onResult }: { url: string; onResult: (result: object) => void }) {
  const result = useWebSocket(url, { onOpen: () => {} });
  onResult(result);
  return (
    <p>
      {result.status} {result.readyState} {String(result.lastMessage)}
    </p>
  );
}

describe('rendering on a server', () => {
  it('says CONNECTING and touches no socket, no WebAssembly, no timer and no page', async () => {
    const names = ['WebSocket', 'WebAssembly', 'setTimeout', 'MessageChannel', 'fetch', 'location'];
    let result: UseWebSocketResult<unknown> | undefined;
    for (const name of names) watch(name);
    const onResult = (given: object) => {
      result = given as UseWebSocketResult<unknown>;
    };
    const html = renderToString(<Page url="/line" onResult={onResult} />);
    const seen = [...touched];
    vi.unstubAllGlobals();
    // React's own server renderer may ask for a task of its own.
    expect(seen.filter((name) => name !== 'MessageChannel')).toEqual([]);
    expect(html).toContain('idle');
    expect(result).toMatchObject({ status: 'idle', readyState: 0, queued: 0 });
    expect(result?.getWebSocket()).toBeNull();
  });

  it('refuses to send and opens nothing, also afterwards', async () => {
    let result: UseWebSocketResult<unknown> | undefined;
    const onResult = (given: object) => {
      result = given as UseWebSocketResult<unknown>;
    };
    renderToString(<Page url="ws://127.0.0.1:1" onResult={onResult} />);
    watch('WebSocket');
    expect(result?.sendMessage('x').state).toBe('refused');
    result?.reconnect();
    result?.close();
    await turns();
    expect(touched).toEqual([]);
  });

  it('says -1 without a URL or when not to connect', () => {
    const states: number[] = [];
    function Idle() {
      states.push(useWebSocket(null).readyState, useWebSocket('/line', {}, false).readyState);
      return null;
    }
    renderToString(<Idle />);
    expect(states).toEqual([-1, -1]);
  });

  it('still refuses wrong options', () => {
    const Wrong = () => {
      useWebSocket('/line', { connectTimeoutMs: 0 });
      return null;
    };
    expect(() => renderToString(<Wrong />)).toThrow('connectTimeoutMs must be a number');
  });
});
