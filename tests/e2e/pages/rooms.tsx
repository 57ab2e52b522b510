import { StrictMode, useLayoutEffect, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import {
  defineLine,
  type From,
  type LineReceipt,
  messages,
  type Outage,
  type Resync,
  type Settlement,
} from '../../../js/src/index.js';
import { useLine, useMessages } from '../../../js/src/react/index.js';

// A chat as a user of the package would write one, and `window.rooms`, by which tests drive it.

export interface Said {
  readonly n: number;
  readonly text: string;
}

export interface RoomProps {
  /** Its own name on the page; several may show one room. */
  readonly id: string;
  readonly room: string;
  /** What the loader gave. */
  readonly from?: From | null;
}

/** What a receipt and its settlement say, as plain values. */
export interface Sent {
  readonly state: LineReceipt['state'];
  readonly settled: Omit<Settlement, 'reason'>;
}

export interface Rooms {
  /** Shows these rooms and no others. */
  show(rooms: readonly RoomProps[], isStrict?: boolean): void;
  leave(): void;
  send(id: string, text: string): Promise<Sent>;
  readonly outages: Outage[];
  readonly resyncs: Resync[];
}

declare global {
  interface Window {
    rooms: Rooms;
  }
}

const lines = defineLine(new URLSearchParams(location.search).get('line') ?? '/openline', {
  reconnect: { minDelayMs: 20, baseDelayMs: 20, maxDelayMs: 100 },
  state: { room: messages<Said>({ stream: (name) => `chat:${name}` }) },
});

const senders = new Map<string, (text: string) => LineReceipt>();
let root: Root | null = null;

window.rooms = {
  show(rooms, isStrict = false) {
    root ??= createRoot(document.querySelector('main') as HTMLElement);
    const page = rooms.map((room) => <Room key={room.id} {...room} />);
    root.render(isStrict ? <StrictMode>{page}</StrictMode> : page);
  },
  leave() {
    root?.unmount();
    root = null;
  },
  async send(id, text) {
    const receipt = senders.get(id)?.(text);
    if (receipt === undefined) throw new Error(`no room ${id} is shown`);
    const { reason: _, ...settled } = { reason: null, ...(await receipt.settled) };
    return { state: receipt.state, settled };
  },
  outages: [],
  resyncs: [],
};

function Room({ id, room, from = null }: RoomProps) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const stream = lines.room(room);
  const { status: streamStatus } = useMessages(
    stream,
    (some) => setSaid((all) => [...all, ...some]),
    { from },
  );
  const { status, send } = useLine(lines, {
    onOutage: (outage) => void window.rooms.outages.push(outage),
    onResync: (gap) => void window.rooms.resyncs.push(gap),
  });
  useLayoutEffect(() => {
    senders.set(id, (text) => send(stream, { text }));
    return () => void senders.delete(id);
  }, [id, stream, send]);
  return (
    <ol data-testid={id} data-status={status} data-stream={streamStatus}>
      {said.map(({ n, text }) => (
        <li key={n}>{text}</li>
      ))}
    </ol>
  );
}
