import { type Browser, launch, type Page } from 'puppeteer-core';
import { type DrivenBrowser, type DrivenPage, travelByHistory } from './browser.js';
import { pathsOf } from './installed.js';

/** The Firefox of this machine, headless, by WebDriver BiDi. */
export class FirefoxBrowser implements DrivenBrowser<FirefoxPage> {
  static async launch(): Promise<FirefoxBrowser> {
    const [executablePath = ''] = pathsOf('firefox');
    return new FirefoxBrowser(await launch({ browser: 'firefox', executablePath, headless: true }));
  }

  private constructor(private readonly browser: Browser) {}

  async newPage(): Promise<FirefoxPage> {
    return new FirefoxPage(this.browser, await this.browser.newPage());
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

export class FirefoxPage implements DrivenPage {
  private cover: Page | undefined;

  constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

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

  async setOffline(isOffline: boolean): Promise<void> {
    await this.page.setOfflineMode(isOffline);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
