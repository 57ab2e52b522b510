import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { STATE_LIMITS } from '../../js/src/core/stateSpec.js';
import * as openline from '../../js/src/index.js';
import { bundles, gzipOf, SOCKET_APP } from '../../scripts/sizes.js';
import { blocksOf, blockWith, marked, readme, root } from './readme.js';

const folder = join(root, 'build/readme');

function written(name: string, text: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('every snippet of TypeScript passes the compiler against the built package', {
  timeout: 60_000,
}, () => {
  const hook = `import { useWebSocket, type UseWebSocketOptions } from 'openline/react';
    declare const url: string;
    declare const options: UseWebSocketOptions;
    declare const connect: boolean;
    export function Use() {\n${blockWith('ts', 'sendJsonMessage,')}\nreturn [
    sendMessage, sendJsonMessage, lastMessage, lastJsonMessage, readyState, getWebSocket,
    status, attempt, retryAt, reason, error, queued, reconnect, close]; }`;
  const files = [
    ...blocksOf('tsx').map((text, index) => written(`checked-${index}.tsx`, text)),
    written('hook.ts', hook),
    written('preload.ts', blockWith('ts', 'preload()')),
    written('vite.config.ts', blockWith('ts', 'proxy:')),
    written('viteLines.config.ts', blockWith('ts', 'openline/vite')),
    written('lines.ts', blockWith('ts', 'chat = defineLine(')),
    written('lines.server.ts', blockWith('ts', 'app/lines.server.ts\n')),
    written('app/lines.server.ts', blockWith('ts', 'app/lines.server.ts\n')),
    written('market.ts', blockWith('ts', 'market = defineLine(')),
    written('market.server.ts', blockWith('ts', 'app/market.server.ts\n')),
    written('server.ts', blockWith('ts', 'lines.attach(')),
    written('openLine.ts', blockWith('ts', 'openLine(chat')),
    written('socket.ts', blockWith('ts', "('/line');\nsocket")),
    written('socketClass.ts', blockWith('ts', 'webSocketImpl')),
    written('upload.ts', blockWith('ts', 'await writable')),
  ];
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  // As a bundler resolves: an app writes no endings.
  const program = ts.createProgram(files, {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
  expect(faults).toEqual([]);
  expect(files.length).toBe(21);
});

test('the server echoes on its own page and refuses a foreign one', async () => {
  const text = blockWith('js', 'WebSocketServer').replace(
    'server.listen(3000);',
    "server.listen(0, '127.0.0.1', () => console.log(server.address().port));",
  );
  const child = spawn(process.execPath, [written('server.mjs', text)]);
  try {
    const [output] = (await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [
      Buffer,
    ];
    const host = `127.0.0.1:${Number(output.toString())}`;
    const own = new WebSocket(`ws://${host}/line`, { origin: `http://${host}` });
    const said: string[] = [];
    own.on('message', (message: Buffer) => said.push(message.toString()));
    await once(own, 'open');
    own.send('hello');
    await vi.waitFor(() => expect(said).toEqual(['{"symbol":"ACME","price":42}', 'hello']));
    own.send('x'.repeat(70_000)); // over maxPayload: closes this line, and nothing else
    await once(own, 'close');
    for (const bytes of ['GET // HTTP/1.1', 'GET /line HTTP/1.1\r\nOrigin: nonsense']) {
      await hangsUp(Number(host.split(':')[1]), bytes);
    }
    const foreign = new WebSocket(`ws://${host}/line`, { origin: 'http://elsewhere' });
    await expect(once(foreign, 'open')).rejects.toThrow();
  } finally {
    child.kill();
  }
});

/** The server answers such an upgrade by hanging up. */
async function hangsUp(port: number, head: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`${head}\r\nHost: app\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');
}

test('the table of limits is the table of the code', () => {
  const fixture = readFileSync(join(root, 'tests/fixtures/options.json'), 'utf8');
  const rows = JSON.parse(fixture) as {
    name: string;
    unit: string;
    default: number | 'Infinity';
    min: number;
    max: number;
    infinite?: true;
  }[];
  const show = (value: number | string) => value.toLocaleString('en-US');
  const limits = rows.filter(({ unit }) => unit !== 'choice');
  const table = limits.map(({ name, unit, default: standard, min, max, infinite }) => {
    const range = `${show(min)} to ${show(max)}${infinite ? ', or Infinity' : ''}`;
    return `| \`${name}\` | ${show(standard)} | ${range} | ${unit} |`;
  });
  expect(marked('table: options').split('\n').slice(2)).toEqual(table);
});

test('the table of limits of states is the table of the code', () => {
  const show = (value: number) => value.toLocaleString('en-US');
  const rows = Object.entries(STATE_LIMITS).flatMap(([kind, limits]) =>
    Object.values(limits).map(({ name, unit, standard, min, max }) => {
      const range = `${show(min)} to ${show(max)}`;
      return `| \`${kind}\` \`${name}\` | ${show(standard)} | ${range} | ${unit} |`;
    }),
  );
  expect(marked('table: states').split('\n').slice(2)).toEqual(rows);
});

test('the sizes are those of a real bundle, give or take what compilers differ by', async () => {
  const { app, lazy, lazyScript } = await bundles(root);
  expect(Math.abs(Number(marked('size: app')) - gzipOf([app]) / 1_000)).toBeLessThan(0.1);
  const { app: socket } = await bundles(root, SOCKET_APP);
  expect(Math.abs(Number(marked('size: socket')) - gzipOf([socket]) / 1_000)).toBeLessThan(0.1);
  expect(Math.abs(Number(marked('size: lazy')) - gzipOf(lazy) / 1_000)).toBeLessThan(2);
  const script = Number(marked('size: script'));
  expect(Math.abs(script - gzipOf(lazyScript) / 1_000)).toBeLessThan(2);
});

test('every npm command that it names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
  expect(named).toContain('demo');
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('preload is exported from the main entry', () => {
  expect(openline.preload).toBeTypeOf('function');
});
