import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Takeover } from '../../pages/loaded.js';
import type { Loaded } from '../../pages/loadedBoard.js';
import type { AppServer } from '../../support/appServer.js';
import type { Mode } from '../../support/buildApp.js';
import { openPage, type WatchedPage } from '../../support/openPage.js';
import { LoaderApp } from './loaderApp.js';

interface Place {
  readonly pages: AppServer;
  /** Of the line. */
  readonly host: string;
  readonly app: LoaderApp;
}

/** The page that the application of the test renders, in a fresh browser context. */
export class LoadedPage {
  /** How often it has asked the loader. */
  loads = 0;

  static async in(browser: Browser, place: Place): Promise<LoadedPage> {
    const page = new LoadedPage(await openPage(browser), place);
    place.pages.otherHosts.push(place.host);
    place.pages.answers.set('/loader', async () => {
      page.loads += 1;
      return { type: 'application/json', body: JSON.stringify(await place.app.load()) };
    });
    return page;
  }

  private constructor(
    private readonly watched: WatchedPage,
    private readonly place: Place,
  ) {}

  private get page(): Page {
    return this.watched.page;
  }

  close(): Promise<void> {
    return this.watched.context.close();
  }

  async open(mode: Mode, loaded: Loaded): Promise<void> {
    const { pages, host } = this.place;
    const given = JSON.stringify(loaded).replaceAll('<', '\\u003c');
    const body = `<!doctype html><html lang="en"><title>openline</title>
      <main>${LoaderApp.render(loaded)}</main>
      <script type="application/json" id="loaded">${given}</script>
      <script type="module" src="/${mode}/app.js"></script></html>`;
    pages.answers.set('/board', async () => ({ type: 'text/html', body }));
    const line = encodeURIComponent(`ws://${host}/openline`);
    await this.page.goto(`${pages.origin}/board?line=${line}`);
  }

  /** Holds the scripts of the page back until the function that it answers is called. */
  async hold(): Promise<() => Promise<void>> {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.page.route('**/app.js', async (route) => {
      await held;
      await route.continue();
    });
    return async () => release();
  }

  /** Waits until both streams are read, and what that may lead to is shown. */
  async isLive(): Promise<void> {
    const { lines } = this.place.app;
    await expect.poll(() => lines.counters().subscriptions, { timeout: 20_000 }).toBe(2);
    await this.page.evaluate(async () => {
      for (let i = 0; i < 5; i++) await new Promise(requestAnimationFrame);
    });
  }

  takeover(): Promise<Takeover> {
    return this.page.evaluate(() => window.loaded);
  }

  html(): Promise<string> {
    return this.page.locator('main').innerHTML();
  }

  rows(): Promise<string[]> {
    return this.page
      .locator('tr')
      .evaluateAll((all) =>
        all.map(({ children: [id, price] }) => `${id?.textContent} ${price?.textContent}`),
      );
  }

  async entries(): Promise<number[]> {
    return (await this.page.locator('li').allTextContents()).map(Number);
  }

  summary(): Promise<string | null> {
    return this.page.locator('p').textContent();
  }

  async expectNoTrouble(): Promise<void> {
    const { uncaught, consoleErrors } = this.watched;
    const { troubles } = await this.takeover();
    const nothing = { uncaught: [], consoleErrors: [], troubles: [] };
    expect({ uncaught, consoleErrors, troubles }).toEqual(nothing);
  }
}
