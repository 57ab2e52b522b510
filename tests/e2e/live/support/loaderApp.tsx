import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderToString } from 'react-dom/server';
import {
  createLineServer,
  type LineServer,
  memoryBroker,
} from '../../../../js/src/server/index.js';
import { type Entry, type Loaded, LoadedBoard, type Row } from '../../pages/loadedBoard.js';

/** So many publications are kept for those who come late. */
export const HISTORY_MAX = 200;

/** An application with a database, a loader and lines: what the server's side of a route has. */
export class LoaderApp {
  readonly rows = new Map<string, Row>();
  readonly entries: Entry[] = [];
  readonly lines: LineServer;
  private readonly http: Server = createServer();

  constructor(origin: string) {
    this.lines = createLineServer({
      allowedOrigins: [origin],
      authenticate: () => 'ada',
      authorize: () => true,
      broker: () => memoryBroker({ entriesMax: HISTORY_MAX }),
    });
    this.lines.attach(this.http);
    for (let i = 0; i < 20; i++) this.rows.set(`row ${i}`, { id: `row ${i}`, price: i });
  }

  async listen(): Promise<string> {
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return `127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.lines.close({ spreadMs: 0, timeoutMs: 0 });
    this.http.close();
  }

  /** Commits a row, then publishes it. */
  async put(id: string, price: number): Promise<void> {
    this.rows.set(id, { id, price });
    await this.lines.publish('board', { id, price });
  }

  async remove(id: string): Promise<void> {
    this.rows.delete(id);
    await this.lines.publish('board', { id, gone: true });
  }

  async write(): Promise<void> {
    const entry = { n: this.entries.length + 1 };
    this.entries.push(entry);
    await this.lines.publish('entries', entry);
  }

  /** @param reading runs between the position of the board and its rows */
  async load(reading: () => Promise<void> = async () => {}): Promise<Loaded> {
    const board = await this.lines.snapshot('board', async () => {
      await reading();
      return [...this.rows.values()];
    });
    const entries = await this.lines.snapshot('entries', () => [...this.entries]);
    return { board, entries };
  }

  /** What a server renders, within its `main`. */
  static render(loaded: Loaded): string {
    return renderToString(<LoadedBoard loaded={loaded} onResync={() => {}} onError={() => {}} />);
  }
}
