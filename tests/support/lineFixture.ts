import { afterEach, beforeEach } from 'vitest';
import type { Core, CoreLine, CoreLineConfig } from '../../js/src/core/core.js';
import { Line } from '../../js/src/core/line.js';
import type { LineOptions } from '../../js/src/core/lineOptions.js';
import type { LineUrl } from '../../js/src/core/lineUrl.js';
import { resolveOptions } from '../../js/src/core/options.js';
import { type SessionCallbacks, SocketSession } from '../../js/src/core/socketSession.js';
import { freshCore } from './coreModule.js';
import { EchoServer } from './echoServer.js';
import { RecordingListener } from './recordingListener.js';
import { RecordingSink } from './recordingSink.js';
import { userAt } from './sessionUser.js';
import { until } from './until.js';

/** Retries so soon that a test which awaits one ends at once. */
export const soon = { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 };
/** Retries so late that no test sees one. */
export const late = { minDelayMs: 60_000, maxDelayMs: 60_000 };

const withRetries = (options: LineOptions): LineOptions => ({ reconnect: soon, ...options });

/** A server of its own for each test of the file, and whatever is made let go behind it. */
function serverFixture() {
  const server = new EchoServer();
  const made: (() => void)[] = [];
  const letGo = () => {
    for (const end of made.splice(0)) end();
  };
  beforeEach(async () => {
    server.reset();
    await server.start();
  });
  afterEach(async () => {
    letGo();
    await server.stop();
  });
  return { server, made, letGo };
}

/** Lines to the server, which one listener listens to. */
export function lineFixture() {
  const { server, made } = serverFixture();
  const listener = new RecordingListener();
  beforeEach(() => listener.reset());
  const lineTo = (url: () => LineUrl, options: LineOptions = {}, Of = Line): Line => {
    const given = withRetries(options);
    const line = new Of(userAt(url, given), resolveOptions(given), listener);
    made.push(() => line.dispose());
    return line;
  };
  const lineWith = (options?: LineOptions): Line => lineTo(() => server.url, options);
  const becomes = (line: Line, status: string): Promise<void> =>
    until(() => line.snapshot.status === status, `the line is ${status}`);
  const openLine = async (options?: LineOptions): Promise<Line> => {
    const line = lineWith(options);
    line.open();
    await becomes(line, 'open');
    return line;
  };
  return { server, listener, lineTo, lineWith, openLine, becomes };
}

/** Sessions with the server. */
export function sessionFixture() {
  const { server, made } = serverFixture();
  const sessionWith = (
    callbacks: SessionCallbacks = {},
    options: LineOptions = {},
    url: () => LineUrl = () => server.url,
  ): SocketSession => {
    const given = withRetries(options);
    // The callbacks themselves, because a test may exchange them.
    const user = userAt(url, Object.assign(callbacks, options));
    const session = new SocketSession(user, resolveOptions(given));
    made.push(() => session.discard());
    return session;
  };
  const becomes = (session: SocketSession, status: string): Promise<void> =>
    until(() => session.getSnapshot().status === status, `the session is ${status}`);
  const openSession = async (callbacks?: SessionCallbacks, options?: LineOptions) => {
    const session = sessionWith(callbacks, options);
    session.acquire();
    await becomes(session, 'open');
    return session;
  };
  return { server, sessionWith, openSession, becomes };
}

export interface CoreLineSettings extends Partial<CoreLineConfig> {
  readonly url?: () => LineUrl;
}

export interface MadeCoreLine {
  readonly line: CoreLine;
  readonly sink: RecordingSink;
}

/**
 * Lines of a core that is fresh for each test, to the server.
 *
 * @param onStop is told when a core has trapped
 */
export function coreFixture(onStop = () => {}) {
  const { server, made, letGo } = serverFixture();
  let core: Core;
  beforeEach(async () => {
    core = await freshCore(onStop);
  });
  const lineWith = (options: LineOptions = {}, settings: CoreLineSettings = {}): MadeCoreLine => {
    const given = withRetries(options);
    const { url = () => server.url, ...rest } = settings;
    const sink = new RecordingSink();
    const user = userAt(url, given);
    const config = { ...resolveOptions(given), binaryType: 'arraybuffer' as const, user, ...rest };
    const line = core.createLine(config, sink);
    made.push(() => line.dispose());
    return { line, sink };
  };
  const openLine = async (options?: LineOptions): Promise<MadeCoreLine> => {
    const both = lineWith(options);
    both.line.open();
    await until(() => both.sink.status === 'open', 'the line is open');
    return both;
  };
  return { server, lineWith, openLine, letGo };
}
