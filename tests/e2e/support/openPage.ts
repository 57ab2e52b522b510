import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page in a browser context of its own, and what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions that nobody caught, rejections too. */
  readonly uncaught: string[];
  /** What was written to the console as an error, by the browser too. */
  readonly consoleErrors: string[];
}

export async function openPage(browser: Browser): Promise<WatchedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const uncaught: string[] = [];
  const consoleErrors: string[] = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  return { page, context, uncaught, consoleErrors };
}
