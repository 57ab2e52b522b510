/** A browser that tests drive, whatever its protocol. */
export interface DrivenBrowser<Page extends DrivenPage = DrivenPage> {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface DrivenPage {
  /** Loads an address and waits until it is loaded. */
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Goes back (-1) or forward (1), and waits until another page is there. */
  travel(steps: -1 | 1): Promise<void>;
  /** Calls a function in the page. What goes in and comes out is JSON; a promise is awaited. */
  evaluate<R, A = undefined>(inPage: (argument: A) => R | Promise<R>, argument?: A): Promise<R>;
  /** A PNG of what is in view. */
  screenshot(): Promise<Uint8Array>;
  /** Puts the page out of sight, as a user does; it is told so. */
  hide(): Promise<void>;
  /** Brings it back. */
  show(): Promise<void>;
  /** Tells the page that the network is gone, and takes it away. Not every engine can. */
  setOffline?(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 20_000;

/** Travels by the page's own history: drivers wait for a load, which a restored page has not. */
export async function travelByHistory(page: DrivenPage, steps: -1 | 1): Promise<void> {
  const from = await page.evaluate(() => location.href);
  await page.evaluate((by) => {
    setTimeout(() => history.go(by), 0);
  }, steps);
  await waitUntil(`history.go(${steps}) has left ${from}`, () =>
    page.evaluate((old) => location.href !== old && document.readyState === 'complete', from),
  );
}

/** Asks until the answer is yes; an error, as a page that is being left gives it, is a no. */
export async function waitUntil(
  what: string,
  ask: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
) {
  const end = performance.now() + patienceMs;
  let problem: unknown;
  while (performance.now() < end) {
    try {
      if (await ask()) return;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited ${patienceMs} ms in vain until ${what}`, { cause: problem });
}
