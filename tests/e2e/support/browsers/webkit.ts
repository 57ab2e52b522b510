import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Builder, type WebDriver } from 'selenium-webdriver';
import { type DrivenBrowser, type DrivenPage, waitUntil } from './browser.js';
import { pathsOf } from './installed.js';
import { Leash } from './leash.js';

/** WebKitGTK's own small browser by WebDriver, on a display that nobody sees. */
export class WebkitBrowser implements DrivenBrowser<WebkitPage> {
  static async launch(): Promise<WebkitBrowser> {
    const [driver = '', binary = ''] = pathsOf('webkit');
    const started: Leash[] = [];
    try {
      const screen = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
      const display = new Leash(() => ['Xvfb', '-displayfd', '1', ...screen]);
      started.push(display);
      const [number] = await display.line(/^\d+$/);
      const port = await freePort();
      started.push(
        new Leash(() => [driver, `--port=${port}`, '--host=127.0.0.1'], { DISPLAY: `:${number}` }),
      );
      const url = `http://127.0.0.1:${port}`;
      await waitUntil('WebKitWebDriver listens', async () => (await fetch(`${url}/status`)).ok);
      const session = await new Builder()
        .usingServer(url)
        .withCapabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        })
        .build();
      return new WebkitBrowser(started, session, await session.getWindowHandle());
    } catch (error) {
      for (const leash of started.reverse()) await leash.stop();
      throw error;
    }
  }

  private constructor(
    private readonly started: readonly Leash[],
    private readonly driver: WebDriver,
    private readonly firstWindow: string,
  ) {}

  /** In a window of its own: without a window manager a new tab stays out of sight. */
  async newPage(): Promise<WebkitPage> {
    // The window that commands go to may be closed by now.
    await this.driver.switchTo().window(this.firstWindow);
    await this.driver.switchTo().newWindow('window');
    return new WebkitPage(this.driver, await this.driver.getWindowHandle());
  }

  async close(): Promise<void> {
    await this.driver.quit().catch(() => {}); // what does not quit is killed
    for (const leash of [...this.started].reverse()) await leash.stop();
  }
}

export class WebkitPage implements DrivenPage {
  constructor(
    private readonly driver: WebDriver,
    private readonly handle: string,
  ) {}

  async open(url: string): Promise<void> {
    await (await this.here()).get(url);
  }

  async reload(): Promise<void> {
    await (await this.here()).navigate().refresh();
  }

  async travel(steps: -1 | 1): Promise<void> {
    const navigation = (await this.here()).navigate();
    await (steps === 1 ? navigation.forward() : navigation.back());
  }

  async evaluate<R, A = undefined>(
    inPage: (argument: A) => R | Promise<R>,
    argument?: A,
  ): Promise<R> {
    const outcome = (await (
      await this.here()
    ).executeAsyncScript(`
      const tell = arguments[0];
      Promise.resolve()
        .then(() => (${inPage})(${JSON.stringify(argument)}))
        .then((value) => tell({ value }), (error) => tell({ problem: String(error) }));
    `)) as { value: R; problem?: string };
    if (outcome.problem !== undefined) throw new Error(outcome.problem);
    return outcome.value;
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from(await (await this.here()).takeScreenshot(), 'base64');
  }

  async hide(): Promise<void> {
    await (await this.here()).manage().window().minimize();
  }

  async show(): Promise<void> {
    await (await this.here()).manage().window().maximize();
  }

  async close(): Promise<void> {
    await (await this.here()).close();
  }

  /** WebDriver's commands go to the window that was chosen last. */
  private async here(): Promise<WebDriver> {
    await this.driver.switchTo().window(this.handle);
    return this.driver;
  }
}

// WebKitWebDriver neither takes port 0 nor says which one it has.
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
