import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import { type UseLineResult, useLine, useMessages } from '../../../js/src/react/index.js';
import { turns } from '../../support/until.js';

// Without a document, as in the server of a Remix app.

const touched: string[] = [];

function watch(name: string): void {
  const original = Reflect.get(globalThis, name);
  vi.stubGlobal(name, original);
  const get = () => {
    touched.push(name);
    return original;
  };
  Object.defineProperty(globalThis, name, { get, configurable: true });
}

afterEach(() => {
  touched.length = 0;
  vi.unstubAllGlobals();
});

const line = defineLine('/line', { state: { board: messages<number>({ stream: 'board' }) } });

describe('rendering on a server', () => {
  it('is idle and touches no socket, no WebAssembly, no timer and no page', async () => {
    let result: UseLineResult | undefined;
    function Page() {
      result = useLine(line, { onResync: () => {} });
      const { status } = useMessages(line.board, () => {}, { from: ['e1', 1] });
      return (
        <p>
          {result.status} {status}
        </p>
      );
    }
    for (const name of ['WebSocket', 'WebAssembly', 'setTimeout', 'fetch', 'location']) watch(name);
    const html = renderToString(<Page />);
    const receipt = result?.send(line.board, 1);
    result?.reconnect();
    result?.close();
    await turns();
    const seen = [...touched];
    vi.unstubAllGlobals();
    expect(seen).toEqual([]);
    expect(html.replaceAll('<!-- -->', '')).toBe('<p>idle idle</p>');
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    expect(result).toMatchObject({ status: 'idle', queued: 0, latencyMs: null });
  });
});
