import { type Browser, connect, type Page } from 'puppeteer-core';
import { type DrivenBrowser, type DrivenPage, travelByHistory } from './browser.js';
import { canGoOffline, pathsOf } from './installed.js';
import { Leash } from './leash.js';

/**
 * The Firefox of this machine, headless, by WebDriver BiDi. It hangs on a leash, because one that
 * Puppeteer starts goes on when the tests are killed.
 */
export class FirefoxBrowser implements DrivenBrowser<FirefoxPage> {
  static async launch(): Promise<FirefoxBrowser> {
    const [firefox = ''] = pathsOf('firefox');
    const leash = new Leash((folder) => [
      ...[firefox, '--headless', '--no-remote', '--remote-debugging-port=0'],
      ...['--profile', folder, 'about:blank'],
    ]);
    try {
      const [, address] = await leash.line(/^WebDriver BiDi listening on (ws:\S+)/);
      const browser = await connect({
        browserWSEndpoint: `${address}/session`,
        protocol: 'webDriverBiDi',
        defaultViewport: null,
      });
      return new FirefoxBrowser(leash, browser);
    } catch (error) {
      await leash.stop();
      throw error;
    }
  }

  private constructor(
    private readonly leash: Leash,
    private readonly browser: Browser,
  ) {}

  async newPage(): Promise<FirefoxPage> {
    return new FirefoxPage(this.browser, await this.browser.newPage());
  }

  async close(): Promise<void> {
    await this.browser.disconnect();
    await this.leash.stop();
  }
}

export class FirefoxPage implements DrivenPage {
  setOffline?: (isOffline: boolean) => Promise<void>;
  private cover: Page | undefined;

  constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {
    if (canGoOffline('firefox')) this.setOffline = (isOffline) => page.setOfflineMode(isOffline);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  travel(steps: -1 | 1): Promise<void> {
    return travelByHistory(this, steps);
  }

  evaluate<R, A = undefined>(inPage: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    const source = `(${inPage})(${JSON.stringify(argument)})`;
    return this.page.evaluate(source) as Promise<R>;
  }

  screenshot(): Promise<Uint8Array> {
    return this.page.screenshot();
  }

  async hide(): Promise<void> {
    this.cover = await this.browser.newPage();
    await this.cover.bringToFront();
  }

  async show(): Promise<void> {
    await this.page.bringToFront();
    await this.cover?.close();
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
