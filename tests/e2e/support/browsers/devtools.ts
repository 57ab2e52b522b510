import { once } from 'node:events';
import { WebSocket } from 'ws';
import { chromiumArguments, chromiumPath } from '../chromium.js';
import { type DrivenBrowser, type DrivenPage, travelByHistory } from './browser.js';
import { Leash } from './leash.js';

type Parameters = Record<string, unknown>;
interface Answer {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

/**
 * Chromium by nothing but its DevTools protocol. Playwright turns off the back/forward cache and
 * makes freezing a no-op; here both are as users have them.
 */
export class DevToolsBrowser implements DrivenBrowser<DevToolsPage> {
  static async launch(): Promise<DevToolsBrowser> {
    const leash = new Leash((folder) => [
      chromiumPath(),
      '--headless=new',
      ...chromiumArguments,
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
    ]);
    try {
      const [, address = ''] = await leash.line(/^DevTools listening on (ws:\S+)/);
      const socket = new WebSocket(address, { perMessageDeflate: false });
      await once(socket, 'open');
      return new DevToolsBrowser(leash, new DevTools(socket));
    } catch (error) {
      await leash.stop();
      throw error;
    }
  }

  private constructor(
    private readonly leash: Leash,
    private readonly devTools: DevTools,
  ) {}

  async newPage(): Promise<DevToolsPage> {
    const { targetId } = await this.devTools.call('Target.createTarget', { url: 'about:blank' });
    const attached = await this.devTools.call('Target.attachToTarget', { targetId, flatten: true });
    const session = String(attached['sessionId']);
    await this.devTools.call('Page.enable', {}, session);
    return new DevToolsPage(this.devTools, session);
  }

  async close(): Promise<void> {
    this.devTools.close();
    await this.leash.stop();
  }
}

export class DevToolsPage implements DrivenPage {
  private cover: unknown;

  constructor(
    private readonly devTools: DevTools,
    private readonly session: string,
  ) {}

  call(method: string, parameters: Parameters = {}): Promise<Parameters> {
    return this.devTools.call(method, parameters, this.session);
  }

  async open(url: string): Promise<void> {
    await this.loaded(async () => {
      const { errorText } = await this.call('Page.navigate', { url });
      if (errorText !== undefined) throw new Error(`${url}: ${errorText}`);
    });
  }

  reload(): Promise<void> {
    return this.loaded(() => this.call('Page.reload'));
  }

  travel(steps: -1 | 1): Promise<void> {
    return travelByHistory(this, steps);
  }

  async evaluate<R, A = undefined>(
    inPage: (argument: A) => R | Promise<R>,
    argument?: A,
  ): Promise<R> {
    const { result, exceptionDetails } = (await this.call('Runtime.evaluate', {
      expression: `(${inPage})(${JSON.stringify(argument)})`,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: R }; exceptionDetails?: unknown };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Runs the function in every document before its own scripts do. */
  async evaluateFirst(inPage: () => void): Promise<void> {
    await this.call('Page.addScriptToEvaluateOnNewDocument', { source: `(${inPage})()` });
  }

  async screenshot(): Promise<Uint8Array> {
    const { data } = await this.call('Page.captureScreenshot');
    return Buffer.from(String(data), 'base64');
  }

  async hide(): Promise<void> {
    const { targetId } = await this.devTools.call('Target.createTarget', { url: 'about:blank' });
    this.cover = targetId;
  }

  async show(): Promise<void> {
    await this.call('Page.bringToFront');
    if (this.cover === undefined) return;
    await this.devTools.call('Target.closeTarget', { targetId: this.cover });
    this.cover = undefined;
  }

  /** Freezes the page as Chromium does with tabs in the background. */
  async freeze(): Promise<void> {
    await this.call('Page.setWebLifecycleState', { state: 'frozen' });
  }

  async resume(): Promise<void> {
    await this.call('Page.setWebLifecycleState', { state: 'active' });
  }

  async setOffline(isOffline: boolean): Promise<void> {
    // Without the domain the page is told, and yet its sockets connect.
    await this.call('Network.enable');
    const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await this.call('Network.emulateNetworkConditions', { offline: isOffline, ...unlimited });
  }

  async close(): Promise<void> {
    await this.call('Page.close');
  }

  private async loaded(act: () => Promise<unknown>): Promise<void> {
    const event = this.devTools.next('Page.loadEventFired', this.session);
    await act();
    await event;
  }
}

/** Calls and events of the protocol over one socket. */
class DevTools {
  private lastId = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly listeners = new Set<(event: Answer) => void>();

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (text) => {
      const answer = JSON.parse(String(text)) as Answer;
      if (answer.id === undefined) for (const listener of this.listeners) listener(answer);
      else this.waiting.get(answer.id)?.(answer);
    });
    socket.on('close', () => {
      const error = { message: 'the browser is gone' };
      for (const answer of this.waiting.values()) answer({ error });
    });
  }

  call(method: string, params: Parameters = {}, sessionId?: string): Promise<Parameters> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result = {}, error }) => {
        this.waiting.delete(id);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** The next such event of the session. */
  next(method: string, sessionId: string): Promise<Parameters> {
    return new Promise((resolve) => {
      const listener = (event: Answer) => {
        if (event.method !== method || event.sessionId !== sessionId) return;
        this.listeners.delete(listener);
        resolve(event.params ?? {});
      };
      this.listeners.add(listener);
    });
  }

  close(): void {
    this.socket.terminate();
  }
}
