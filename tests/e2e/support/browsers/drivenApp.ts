import type { LineProps } from '../../pages/app.js';
import { type DrivenPage, waitUntil } from './browser.js';

declare global {
  interface Window {
    /** What `DrivenApp.timeOfNext` has noted. */
    eventTimes?: Record<string, number>;
  }
}

/** The pages' app in any browser; it shows the lines again after a reload. */
export class DrivenApp {
  constructor(
    private readonly page: DrivenPage,
    private readonly origin: string,
  ) {}

  /** Loads a page that shows these lines. */
  open(...lines: readonly LineProps[]): Promise<void> {
    return this.page.open(`${this.origin}/?lines=${encodeURIComponent(JSON.stringify(lines))}`);
  }

  /** Loads another page of the app, without a line. */
  leaveFor(name: string): Promise<void> {
    return this.page.open(`${this.origin}/?${name}`);
  }

  /** What the line went through since this document was loaded; null before it is shown. */
  logOf(name: string) {
    return this.page.evaluate((line) => {
      const log = window.app.lines[line];
      if (log === undefined) return null;
      const { present, ...rest } = log;
      const { status, attempt, retryAt, queued } = present;
      return { ...rest, status, attempt, retryAt, queued };
    }, name);
  }

  /** When the line last became that, epoch ms. */
  async timeOf(name: string, status: string): Promise<number> {
    const log = await this.logOf(name);
    const time = log?.statusTimes[log.statuses.lastIndexOf(status)];
    if (time === undefined) throw new Error(`${name} never was ${status}`);
    return time;
  }

  /**
   * Listens for the next such event of the window or the document; the function it answers waits
   * for it and tells when it came, epoch ms.
   */
  async timeOfNext(type: string): Promise<() => Promise<number>> {
    await this.page.evaluate((name) => {
      window.eventTimes ??= {};
      delete window.eventTimes[name];
      const note = () => {
        if (window.eventTimes) window.eventTimes[name] ??= Date.now();
      };
      for (const target of [window, document]) target.addEventListener(name, note, { once: true });
    }, type);
    return async () => {
      let time: number | undefined;
      await waitUntil(`${type} has come`, async () => {
        time = await this.page.evaluate((name) => window.eventTimes?.[name], type);
        return time !== undefined;
      });
      return time as number;
    };
  }

  async become(name: string, status: string): Promise<void> {
    await waitUntil(`${name} is ${status}`, async () => {
      return (await this.logOf(name))?.status === status;
    });
  }

  /** Sends a text and waits for its echo. */
  async echo(name: string, text: string): Promise<void> {
    await this.page.evaluate(
      ([line, message]) => {
        window.app.lines[line]?.present.sendMessage(message);
      },
      [name, text] as const,
    );
    await waitUntil(`${name} has got '${text}' back`, async () => {
      return (await this.logOf(name))?.messages.includes(text) ?? false;
    });
  }
}
