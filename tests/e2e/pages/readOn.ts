import { defineLine, messages, openLine, type Position } from '../../../js/src/index.js';

export interface BoardRow {
  readonly key: number;
  /** How often the row was written. */
  readonly version: number;
}

export interface LogEntry {
  readonly id: number;
}

/** What a loader gave to the page: the data, and where its stream stood before. */
export interface Loaded {
  readonly board: { readonly value: readonly BoardRow[]; readonly at: Position };
  readonly log: { readonly value: readonly LogEntry[]; readonly at: Position };
}

/** What came in behind it. */
export interface Reading {
  /** Key and version of each publication, one after the other. */
  readonly board: number[];
  readonly log: number[];
  /** When both streams were granted, in epoch ms. */
  readonly grantedAt: number;
  /** How far it has read. */
  readonly boardTo: number;
  readonly logTo: number;
  readonly resyncs: number;
  readonly errors: string[];
}

/** Goes on where the loader stopped, on a line of its own, for `stayMs` after it is live. */
export function readOn(url: string, { board, log }: Loaded, stayMs: number): Promise<Reading> {
  const definition = defineLine(url, {
    state: {
      board: messages<BoardRow>({ stream: 'board' }),
      log: messages<LogEntry>({ stream: 'log' }),
    },
  });
  const numbers = { board: [] as number[], log: [] as number[] };
  const reading = { ...numbers, resyncs: 0, errors: [] as string[] };
  return new Promise((resolve) => {
    const line = openLine(definition, {
      onResync: () => void reading.resyncs++,
      onError: ({ message }) => void reading.errors.push(message),
      onOutage: () => void reading.errors.push('the line was lost'),
    });
    let waiting = 2;
    const changed = (status: string) => {
      if (status !== 'live') return;
      waiting -= 1;
      if (waiting > 0) return;
      const grantedAt = performance.timeOrigin + performance.now();
      setTimeout(() => {
        const [boardTo, logTo] = [boardReader.at?.[1] ?? 0, logReader.at?.[1] ?? 0];
        line.dispose();
        resolve({ ...reading, grantedAt, boardTo, logTo });
      }, stayMs);
    };
    const boardReader = line.subscribe(
      definition.board,
      {
        published: (batch) => {
          for (const { key, version } of batch.values()) reading.board.push(key, version);
        },
        changed,
      },
      board,
    );
    const logReader = line.subscribe(
      definition.log,
      {
        published: (batch) => {
          for (const { id } of batch.values()) reading.log.push(id);
        },
        changed,
      },
      log,
    );
  });
}
