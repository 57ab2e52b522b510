import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RoomProps } from '../../pages/rooms.js';
import { openPage, type WatchedPage } from '../../support/openPage.js';

/** The chat in a fresh browser context, driven by `window.rooms`. */
export class RoomsPage {
  static async in(browser: Browser): Promise<RoomsPage> {
    return new RoomsPage(await openPage(browser));
  }

  private constructor(private readonly watched: WatchedPage) {}

  private get page(): Page {
    return this.watched.page;
  }

  close(): Promise<void> {
    return this.watched.context.close();
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async show(rooms: readonly RoomProps[], isStrict = false): Promise<void> {
    const shown = [rooms, isStrict] as const;
    await this.page.evaluate(([all, strict]) => window.rooms.show(all, strict), shown);
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => window.rooms.leave());
  }

  /** Waits until the line is open and the stream of the room is read. */
  async isLive(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.room(id, '[data-status=open][data-stream=live]');
  }

  /** Waits for the line to be in this status. */
  async lineIs(id: string, status: string): Promise<void> {
    await this.room(id, `[data-status=${status}]`);
  }

  async streamIs(id: string, status: string): Promise<void> {
    await this.room(id, `[data-stream=${status}]`);
  }

  /** What is shown in the room, once it is that much. */
  async textsOf(id: string, count: number): Promise<string[]> {
    const items = this.page.locator(`[data-testid=${id}] li`);
    await items.nth(count - 1).waitFor({ state: 'attached' });
    return items.allTextContents();
  }

  send(id: string, text: string) {
    return this.page.evaluate(([to, what]) => window.rooms.send(to, what), [id, text] as const);
  }

  /** Sends one after the other in one task; answers when all are settled. */
  sendAll(id: string, texts: readonly string[]) {
    return this.page.evaluate(
      ([to, all]) => Promise.all(all.map((text) => window.rooms.send(to, text))),
      [id, texts] as const,
    );
  }

  told() {
    return this.page.evaluate(() => {
      const { outages, resyncs } = window.rooms;
      return { outages, resyncs };
    });
  }

  /** @param isLost a connection was lost, of which Chromium itself tells the console */
  expectNoErrors(isLost = false): void {
    const { uncaught, consoleErrors } = this.watched;
    const own = consoleErrors.filter((text) => !isLost || !/WebSocket connection to/.test(text));
    expect({ uncaught, own }).toEqual({ uncaught: [], own: [] });
  }

  private async room(id: string, selector: string): Promise<void> {
    await this.page.locator(`[data-testid=${id}]${selector}`).waitFor({ state: 'attached' });
  }
}
