import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, type WatchedPage } from './openPage.js';

/** The page of the demo in a fresh browser context, used and read as a visitor does. */
export class DemoPage {
  static async in(browser: Browser, url: string): Promise<DemoPage> {
    const demo = new DemoPage(await openPage(browser));
    await demo.page.goto(url);
    await demo.statusIs('open');
    return demo;
  }

  private constructor(private readonly watched: WatchedPage) {}

  get page(): Page {
    return this.watched.page;
  }

  leave(): Promise<void> {
    return this.watched.context.close();
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  textOf(testId: string): Promise<string | null> {
    return this.part(testId).textContent();
  }

  /** What a part says to tests: its `data-…` attributes. */
  saidBy(testId: string): Promise<Record<string, string | undefined>> {
    return this.part(testId).evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  }

  press(testId: string): Promise<void> {
    return this.part(testId).click();
  }

  async statusIs(status: string): Promise<void> {
    const shown = this.page.locator(`[data-testid=status][data-status=${status}]`);
    await shown.waitFor({ timeout: 45_000 });
  }

  /** The rows of the messages as `seq state`, oldest first. */
  rows(): Promise<string[]> {
    return this.page
      .locator('[data-testid=messages] li')
      .evaluateAll((all) =>
        all
          .map((row) => `${row.getAttribute('data-seq')} ${row.getAttribute('data-state')}`)
          .reverse(),
      );
  }

  /** What happened, newest first. */
  log(): Promise<string[]> {
    return this.page.locator('[data-testid=log] li > span').allTextContents();
  }

  async closeWith(code: number): Promise<void> {
    await this.part('close-preset').selectOption('own');
    await this.part('close-code').fill(String(code));
    await this.part('close-reason').fill('a test');
    await this.press('fault-close');
  }

  /** `choice` is a text of the list of codes. */
  async closeAsOffered(choice: string): Promise<void> {
    await this.part('close-preset').selectOption({ label: choice });
    await this.press('fault-close');
  }

  /** What the browser itself says of handshakes that were turned away is no error of the page. */
  expectNoErrors(): void {
    const { uncaught, consoleErrors } = this.watched;
    const own = consoleErrors.filter((text) => !/^WebSocket connection to .* failed/.test(text));
    expect({ uncaught, own }).toEqual({ uncaught: [], own: [] });
  }
}
