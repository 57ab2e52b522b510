import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { AppServer } from '../appServer.js';
import { buildApp, type Files } from '../buildApp.js';
import type { DrivenBrowser, DrivenPage } from './browser.js';
import { DevToolsBrowser } from './devtools.js';
import { DrivenApp } from './drivenApp.js';
import { FirefoxBrowser } from './firefox.js';
import { leftOut } from './installed.js';
import { WebkitBrowser } from './webkit.js';

export interface Engine<Page extends DrivenPage = DrivenPage> {
  readonly name: 'chromium' | 'firefox' | 'webkit';
  readonly launch: () => Promise<DrivenBrowser<Page>>;
}

export const chromium = { name: 'chromium', launch: () => DevToolsBrowser.launch() } as const;

const all: readonly Engine[] = [
  chromium,
  { name: 'firefox', launch: () => FirefoxBrowser.launch() },
  { name: 'webkit', launch: () => WebkitBrowser.launch() },
];

/** For `describe.each`; by the title `in %s` it is told what the environment leaves out. */
export const engines = all.map((engine) => [engine.name, engine] as const);

/** What each test of a suite has for itself. */
export interface Stage<Page extends DrivenPage = DrivenPage> {
  readonly files: Files;
  readonly server: AppServer;
  readonly page: Page;
  readonly app: DrivenApp;
}

/**
 * Sets the stage for the tests of a suite, in one browser.
 *
 * @param shown of `tests/e2e/pages`
 */
export function stageIn<Page extends DrivenPage>(
  engine: Engine<Page>,
  shown = 'app.tsx',
): Stage<Page> {
  const stage = {} as { -readonly [Name in keyof Stage<Page>]: Stage<Page>[Name] };
  if (leftOut().includes(engine.name)) {
    beforeEach(({ skip }) => skip('OPENLINE_WITHOUT_BROWSERS'));
    return stage;
  }
  let browser: DrivenBrowser<Page> | undefined;
  beforeAll(async () => {
    browser = await engine.launch();
    stage.files = await buildApp('production', shown);
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    if (browser === undefined) throw new Error(`${engine.name} has not started`);
    stage.server = await new AppServer(stage.files).start();
    stage.page = await browser.newPage();
    stage.app = new DrivenApp(stage.page, stage.server.origin);
  });
  afterEach(async () => {
    await stage.page?.close();
    await stage.server?.stop();
  });
  return stage;
}
