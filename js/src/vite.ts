import type { UpgradeSource } from './server/attaching.js';
import { lineServers } from './server/registry.js';

/** What is used of Vite's dev server; Vite 5 to 8 have it. */
export interface DevServer {
  /** null in middleware mode: then the server that Vite is part of attaches lines itself. */
  readonly httpServer: DevHttpServer | null;
  /** What it was configured with, of which its log is used. */
  readonly config: { readonly logger: DevLogger };
  /** Loads a module of the app as the server's; rejects with what it throws. */
  ssrLoadModule(path: string): Promise<unknown>;
}

/** The HTTP server of Vite's dev server, on whose port the lines are. */
export interface DevHttpServer extends UpgradeSource {
  /** Whether it has its port already. */
  readonly listening: boolean;
  /** Calls `listener` the next time this happens. */
  once(event: 'listening' | 'close', listener: () => void): unknown;
}

/** Where the plugin says what it does: Vite's log. */
export interface DevLogger {
  /** What went as it should. */
  info(text: string): void;
  /** What went wrong. */
  error(text: string): void;
}

/** Options of `openline()`. */
export interface OpenlineViteOptions {
  /**
   * The module of the app that calls `createLineServer`, from the root of the project:
   * '/app/lines.server.ts'. It is loaded when the dev server listens, so that lines are there
   * before the first page is asked for, and again when it has changed.
   */
  readonly server: string;
}

/** What `openline()` makes, for `plugins` of Vite's configuration. */
export interface OpenlineVitePlugin {
  /** By which Vite names it in messages. */
  readonly name: 'openline';
  /** It is for the dev server alone, and no part of a build. */
  readonly apply: 'serve';
  /** Has Vite prepare the client when it starts. */
  config(): { optimizeDeps: { include: string[] } };
  /** Attaches the lines once the dev server listens. */
  configureServer(server: DevServer): void;
  /** Loads the module with the lines again when something that it uses has changed. */
  handleHotUpdate(): void;
}

/**
 * Lets the line servers of an app share the port of Vite's dev server, beside hot reloading, which
 * keeps its own upgrades. It also has the client prepared when Vite starts: found only when the
 * first page is loaded, it would make Vite reload that page.
 *
 * In middleware mode there is no server of Vite's: attach there with
 * `lineServer('/openline').attach(httpServer)`.
 *
 * @throws TypeError without the path of a module.
 */
export function openline(options: OpenlineViteOptions): OpenlineVitePlugin {
  const path: unknown = options?.server;
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(
      'openline: openline({ server }) needs the module that calls createLineServer, like ' +
        "'/app/lines.server.ts'.",
    );
  }
  let dev: DevLines | null = null;
  return {
    name: 'openline',
    apply: 'serve',
    config: () => ({ optimizeDeps: { include: ['openline', 'openline/react'] } }),
    configureServer(server) {
      const { httpServer } = server;
      if (httpServer === null) return;
      const lines = new DevLines(server, httpServer, path);
      dev = lines;
      if (httpServer.listening) lines.load();
      else httpServer.once('listening', () => lines.load());
      httpServer.once('close', () => lines.end());
    },
    // Called when Vite has forgotten what the changed file had led to.
    handleHotUpdate() {
      dev?.load();
    },
  };
}

/** The line servers of one run of the dev server. */
class DevLines {
  private loading: Promise<void> = Promise.resolve();
  private readonly detach = new Set<() => void>();
  private isEnded = false;

  constructor(
    private readonly server: DevServer,
    private readonly httpServer: DevHttpServer,
    private readonly path: string,
  ) {}

  /** One after the other: a change may come while the module is still loading. */
  load(): void {
    this.loading = this.loading.then(() => this.loadOnce());
  }

  end(): void {
    this.isEnded = true;
    for (const detach of this.detach) detach();
    this.detach.clear();
  }

  private async loadOnce(): Promise<void> {
    if (this.isEnded) return;
    const { logger } = this.server.config;
    try {
      await this.server.ssrLoadModule(this.path);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      logger.error(`openline: ${this.path} could not be loaded; mend it and save it.\n${text}`);
      return;
    }
    if (this.isEnded) return;
    const servers = [...lineServers().values()];
    for (const lines of servers) this.detach.add(lines.attach(this.httpServer));
    if (servers.length === 0) {
      logger.error(`openline: ${this.path} has not called createLineServer, so there is no line.`);
    }
  }
}
