import type { Browser, Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import type { LineProps } from '../pages/app.js';
import type { AppServer } from './appServer.js';
import { openPage, type WatchedPage } from './openPage.js';

/** The pages' app in a fresh browser context, driven by `window.app`. */
export class AppPage {
  static async in(browser: Browser, server: AppServer): Promise<AppPage> {
    return new AppPage(server, await openPage(browser));
  }

  private constructor(
    private readonly server: AppServer,
    private readonly watched: WatchedPage,
  ) {}

  get page(): Page {
    return this.watched.page;
  }

  get uncaught(): readonly string[] {
    return this.watched.uncaught;
  }

  get consoleErrors(): readonly string[] {
    return this.watched.consoleErrors;
  }

  close(): Promise<void> {
    return this.watched.context.close();
  }

  /** Loads the page and shows the lines. */
  async open(lines: readonly LineProps[], query = ''): Promise<void> {
    await this.page.goto(`${this.server.origin}/${query}`);
    await this.show(lines);
  }

  async show(lines: readonly LineProps[], isStrict = false): Promise<void> {
    const shown = [lines, isStrict] as const;
    await this.page.evaluate(([all, strict]) => window.app.show(all, strict), shown);
  }

  /** Unmounts the whole app. */
  async leave(): Promise<void> {
    await this.page.evaluate(() => window.app.leave());
  }

  /** Waits for the line to be `status`; answers the text it shows (its error's). */
  async statusOf(name: string, status: string): Promise<string | null> {
    const line = this.page.locator(`[data-testid=${name}][data-status=${status}]`);
    await line.waitFor({ state: 'attached' });
    return line.textContent();
  }

  /** Waits until that many messages wait in the line. */
  async queuedIn(name: string, count: number): Promise<void> {
    const line = this.page.locator(`[data-testid=${name}][data-queued="${count}"]`);
    await line.waitFor({ state: 'attached' });
  }

  /** Waits for that many messages of the line; answers all it got. */
  async messagesOf(name: string, count: number): Promise<unknown[]> {
    const found = await this.page.waitForFunction(
      ([line, least]) => {
        const messages = window.app.lines[line]?.messages ?? [];
        return messages.length >= least ? messages : null;
      },
      [name, count] as const,
    );
    return (await found.jsonValue()) as unknown[];
  }

  /** What the line went through so far. */
  logOf(name: string) {
    return this.page.evaluate((line) => {
      const { statuses, messages, closeCodes, present } = window.app.lines[line] ?? {};
      return { statuses, messages, closeCodes, reason: present?.reason };
    }, name);
  }

  /** Sends by the hook's sendMessage; answers the receipt as plain values. */
  send(name: string, text: string) {
    return this.page.evaluate(
      ([line, message]) => {
        const { state, reason } = window.app.lines[line]?.present.sendMessage(message) ?? {};
        return reason ? { state, code: reason.code, message: reason.message } : { state };
      },
      [name, text] as const,
    );
  }

  /** Answers requests for the chunk `name` otherwise. */
  async reroute(name: string, answer: (route: Route) => Promise<void>): Promise<void> {
    await this.page.route(`**/${name}-*.js`, answer);
  }

  /** Holds back the chunk with the core until the function that it answers is called. */
  async holdCore(): Promise<() => Promise<void>> {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.reroute('wasmCore', async (route) => {
      await held;
      await route.continue();
    });
    return async () => {
      const answered = this.page.waitForResponse('**/wasmCore-*.js');
      release();
      await answered;
    };
  }

  expectNoErrors(): void {
    const { uncaught, consoleErrors } = this;
    expect({ uncaught, consoleErrors }).toEqual({ uncaught: [], consoleErrors: [] });
  }
}

/** `expect.poll` with patience for a busy machine. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}
