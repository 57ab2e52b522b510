import { expect } from 'vitest';
import type { Counted, Row } from '../../pages/live.js';
import { type DrivenPage, waitUntil } from '../../support/browsers/browser.js';

/** Which line a board follows. */
export interface LineAddress {
  readonly host: string;
  /** @default a plain line */
  readonly stream?: string;
  /** @default /plain or /openline */
  readonly path?: string;
}

/** The board of `pages/live.tsx` in any browser, driven by `window.live`. */
export class LivePage<Page extends DrivenPage = DrivenPage> {
  constructor(readonly page: Page) {}

  async open(origin: string, { host, stream, path }: LineAddress, isWhole = false): Promise<void> {
    const place = path ?? (stream === undefined ? '/plain' : '/openline');
    const query = new URLSearchParams({ line: `ws://${host}${place}` });
    if (stream !== undefined) query.set('stream', stream);
    await this.page.open(`${origin}/?${query}`);
    // Some engines call a page loaded before its module has run.
    const hasRun = () => this.page.evaluate(() => 'live' in window);
    await waitUntil('the page has run its script', hasRun);
    await this.page.evaluate((whole) => window.live.show(whole), isWhole);
  }

  /** What was counted from the first commit until this message was shown. */
  until(last: number): Promise<Counted> {
    return this.page.evaluate((to) => window.live.until(to), last);
  }

  /** The number of the newest message that is shown. */
  last(): Promise<number> {
    return this.page.evaluate(() => window.live.tally().last);
  }

  /** The animation frames that there were since the first commit. */
  frames(): Promise<number> {
    return this.page.evaluate(() => window.live.frames());
  }

  /** What a component gets that appears now. */
  rows(): Promise<readonly Row[]> {
    return this.page.evaluate(() => window.live.rows());
  }

  news(): Promise<readonly number[]> {
    return this.page.evaluate(() => window.live.news());
  }

  /** The rows in sight. */
  shown(): Promise<readonly Row[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('tr')].map(({ children: [id, price] }) => ({
        id: id?.textContent ?? '',
        price: Number(price?.textContent),
      })),
    );
  }

  told() {
    return this.page.evaluate(() => window.live.told);
  }

  /** Nothing went wrong, in the page or with its line. */
  async expectNoTrouble(): Promise<void> {
    const nothing = { outages: [], resyncs: [], errors: [], troubles: [] };
    expect(await this.told()).toMatchObject(nothing);
  }
}
