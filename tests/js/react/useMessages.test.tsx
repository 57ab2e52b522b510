// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import type { From } from '../../../js/src/core/position.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import type { StreamRef } from '../../../js/src/core/stateRef.js';
import { useMessages } from '../../../js/src/react/index.js';
import { memoryBroker } from '../../../js/src/server/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { uncaught } from '../../support/uncaught.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
const serve = streamServerFixture();
const { put, putLine } = lineMounts();
const state = {
  board: messages<number>({ stream: 'board' }),
  chat: messages<number>({ stream: (room) => `chat:${room}` }),
};
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  server = await serve({ broker: memoryBroker({ size: 5, entriesMax: 5 }) });
});

const define = (options = {}) =>
  defineLine(server.url, { ...quick, lingerMs: 0, ...options, state });

interface ReadProps {
  readonly stream: StreamRef<number> | null;
  readonly seen: number[];
  readonly from?: From | null;
  readonly onStatus?: (status: string) => void;
}

function Read({ stream, seen, from, onStatus }: ReadProps) {
  const { status } = useMessages(stream, (batch) => seen.push(...batch), { from });
  onStatus?.(status);
  return <p>{status}</p>;
}

const publish = (first: number, last: number, stream = 'board') => {
  for (let i = first; i <= last; i++) server.lines.publish(stream, i);
};

describe('useMessages', () => {
  it.each([false, true])('gets every message in order (StrictMode: %s)', async (isStrict) => {
    const { board } = define();
    const seen: number[] = [];
    const page = put(<Read stream={board} seen={seen} />, { isStrict });
    await until(() => page.place.textContent === 'live', 'it is live');
    publish(1, 100);
    await until(() => seen.length >= 100, 'all have come in');
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(server.lines.counters()).toMatchObject({ opened: 1, subscriptions: 1 });
  });

  it('shares line and subscription with other components, each with its own messages', async () => {
    const definition = define();
    const [a, b]: number[][] = [[], []];
    const both = (
      <>
        <Read stream={definition.board} seen={a as number[]} />
        <Read stream={definition.board} seen={b as number[]} />
      </>
    );
    const page = putLine({ definition }, both);
    await until(() => page.place.textContent === 'livelive', 'both are live');
    publish(1, 3);
    await until(() => a?.length === 3 && b?.length === 3, 'both have all');
    expect(server.lines.counters()).toMatchObject({ opened: 1, subscriptions: 1 });
  });

  it('goes from stream to stream, and to none', async () => {
    const { chat } = define();
    const seen: number[] = [];
    const page = put(<Read stream={chat('a')} seen={seen} />);
    await until(() => page.place.textContent === 'live', 'it is live');
    page.render(<Read stream={chat('b')} seen={seen} />);
    await until(() => server.lines.counters().subscriptions === 1, 'the first is left');
    await until(() => page.place.textContent === 'live', 'it is live');
    publish(1, 1, 'chat:a');
    publish(2, 2, 'chat:b');
    await until(() => seen.length > 0, 'one has come in');
    expect(seen).toEqual([2]);
    page.render(<Read stream={null} seen={seen} />);
    expect(page.place.textContent).toBe('idle');
    await until(() => server.lines.counters().connections === 0, 'the line is closed');
  });

  it('calls the handler of the newest render', async () => {
    const { board } = define();
    const [first, second]: number[][] = [[], []];
    const page = put(<Read stream={board} seen={first as number[]} />);
    await until(() => page.place.textContent === 'live', 'it is live');
    page.render(<Read stream={board} seen={second as number[]} />);
    publish(1, 1);
    await until(() => second?.length === 1, 'it has come in');
    expect(first).toEqual([]);
  });

  it('goes on when a handler throws, which the others do not notice', async () => {
    const definition = define();
    const seen: number[] = [];
    function Broken() {
      const { status } = useMessages(definition.board, () => {
        throw new Error('mine');
      });
      return status;
    }
    const page = put(
      <>
        <Broken />
        <Read stream={definition.board} seen={seen} />
      </>,
    );
    await until(() => page.place.textContent === 'livelive', 'both are live');
    const errors = await uncaught(async () => {
      publish(1, 1);
      await until(() => seen.length === 1, 'the other one has it');
    });
    expect(errors).toEqual([new Error('mine')]);
  });

  it('waits for a newer snapshot after a gap, of which the line tells once', async () => {
    const definition = define();
    const onResync = vi.fn();
    const seen: number[] = [];
    const old = await server.lines.snapshot('board', () => 0);
    publish(1, 100);
    const at = (from: From) => (
      <>
        <Read stream={definition.board} seen={seen} from={from} />
        <Read stream={definition.board} seen={[]} from={from} />
      </>
    );
    putLine({ definition, callbacks: { onResync } });
    const page = put(at(old));
    await until(() => page.place.textContent === 'resyncresync', 'both have a gap');
    expect(onResync).toHaveBeenCalledExactlyOnceWith({
      stream: 'board',
      top: [old.at[0], 100],
    });
    page.render(at({ ...old }));
    await turns();
    expect(page.place.textContent).toBe('resyncresync');
    const fresh = await server.lines.snapshot('board', () => 100);
    page.render(at(fresh));
    await until(() => page.place.textContent === 'livelive', 'both are live');
    publish(101, 101);
    await until(() => seen.length === 1, 'it goes on');
    expect(seen).toEqual([101]);
    expect(onResync).toHaveBeenCalledOnce();
  });

  it('goes on by a snapshot that came before the gap showed, if it is new enough', async () => {
    const definition = define();
    const onResync = vi.fn();
    const seen: number[] = [];
    const at = (from: From) => <Read stream={definition.board} seen={seen} from={from} />;
    putLine({ definition, callbacks: { onResync } });
    const page = put(at(await server.lines.snapshot('board', () => 0)));
    await until(() => page.place.textContent === 'live', 'it is live');
    server.cut();
    publish(1, 100);
    // As where showing the page again both fetches and reconnects.
    page.render(at(await server.lines.snapshot('board', () => 100)));
    await until(() => onResync.mock.calls.length === 1, 'there was a gap');
    await until(() => page.place.textContent === 'live', 'it goes on');
    publish(101, 101);
    await until(() => seen.length === 1, 'nothing of it is missing');
    expect(seen).toEqual([101]);
  });

  it('throws for a snapshot that is none', () => {
    const { board } = define();
    const wrong = { at: 7 } as unknown as From;
    vi.mocked(console.error).mockImplementation(() => {});
    expect(() => put(<Read stream={board} seen={[]} from={wrong} />)).toThrow('lines.snapshot()');
    vi.mocked(console.error).mockClear();
  });

  it('throws for a family that was not called', () => {
    const chat = define().chat as unknown as StreamRef<number>;
    vi.mocked(console.error).mockImplementation(() => {});
    expect(() => put(<Read stream={chat} seen={[]} />)).toThrow("call it with strings: chat('…')");
    vi.mocked(console.error).mockClear();
  });
});
