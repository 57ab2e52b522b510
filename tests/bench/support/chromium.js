// Chromium by its DevTools protocol and nothing else: Playwright watches the network of every page,
// so each WebSocket frame would be copied to it and measured with the rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { findChromium } from '../../../scripts/lib/findChromium.js';

const argumentsAlways = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];
const startTimeoutMs = 30_000;
const answerTimeoutMs = 120_000;

/** Starts a Chromium; `close()` ends it and removes its profile. */
export async function launchChromium() {
  const found = findChromium();
  if (!found) throw new Error('no Chromium found; try npm run setup, or set OPENLINE_CHROMIUM');
  const profile = mkdtempSync(join(tmpdir(), 'openline-bench-'));
  const child = spawn(found.path, [...argumentsAlways, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const connection = await connect(await endpointOf(child));
  return {
    version: found.version,
    /** A page in a browser context of its own: nothing cached, no cookies. */
    openPage: (url) => openPage(connection, url),
    async close() {
      await connection.call('Browser.close').catch(() => child.kill());
      await exited;
      connection.end();
      // Its processes end one after the other, and the last ones still write.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function openPage(connection, url) {
  const { browserContextId } = await connection.call('Target.createBrowserContext');
  const { targetId } = await connection.call('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const attached = { targetId, flatten: true };
  const { sessionId } = await connection.call('Target.attachToTarget', attached);
  const call = (method, params) => connection.call(method, params, sessionId);
  await call('Page.enable');
  const loaded = connection.next('Page.loadEventFired', sessionId);
  await call('Page.navigate', { url });
  await loaded;
  return {
    call,
    /** The value of an expression in the page; promises are awaited. */
    async evaluate(expression) {
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await call('Runtime.evaluate', options);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
      return result.value;
    },
    close: () => connection.call('Target.disposeBrowserContext', { browserContextId }),
  };
}

async function endpointOf(child) {
  const timer = setTimeout(() => child.kill(), startTimeoutMs);
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      const endpoint = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (endpoint) return endpoint;
    }
  } finally {
    clearTimeout(timer);
    child.stderr.resume();
  }
  throw new Error('Chromium ended before it listened');
}

/** A DevTools connection: commands are answered by id, events by name and session. */
async function connect(endpoint) {
  const socket = new WebSocket(endpoint, { perMessageDeflate: false, maxPayload: 2 ** 28 });
  await once(socket, 'open');
  let newest = 0;
  const waiting = new Map();
  const settle = (key, use) => {
    const entry = waiting.get(key);
    waiting.delete(key);
    if (entry) use(entry);
  };
  const wait = (key) =>
    new Promise((resolve, reject) => {
      const late = () => settle(key, () => reject(new Error(`Chromium did not answer ${key}`)));
      const timer = setTimeout(late, answerTimeoutMs);
      const done = (use) => (value) => {
        clearTimeout(timer);
        use(value);
      };
      waiting.set(key, { resolve: done(resolve), reject: done(reject) });
    });
  socket.on('message', (text) => {
    const { id, method, sessionId, result, error, params } = JSON.parse(text);
    settle(id ?? `${method} ${sessionId}`, ({ resolve, reject }) => {
      if (error) reject(new Error(error.message));
      else resolve(result ?? params);
    });
  });
  socket.on('close', () => {
    for (const key of [...waiting.keys()]) {
      settle(key, ({ reject }) => reject(new Error('Chromium has gone')));
    }
  });
  return {
    call(method, params = {}, sessionId = undefined) {
      newest += 1;
      socket.send(JSON.stringify({ id: newest, method, params, sessionId }));
      return wait(newest);
    },
    next: (event, sessionId) => wait(`${event} ${sessionId}`),
    end: () => socket.close(),
  };
}
