import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as openline from '../../js/src/index.js';
import { bundles, gzipOf } from '../../scripts/sizes.js';
import { blocksOf, blockWith, marked, readme, root } from './readme.js';

const folder = join(root, 'build/readme');

function written(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
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
  ];
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram(files, { ...options, noUnusedLocals: false });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
  expect(faults).toEqual([]);
  expect(files.length).toBe(5);
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
    await once(own, 'open');
    own.send('hello');
    const [message] = (await once(own, 'message')) as [Buffer];
    expect(message.toString()).toBe('hello');
    own.terminate();
    const foreign = new WebSocket(`ws://${host}/line`, { origin: 'http://elsewhere' });
    await expect(once(foreign, 'open')).rejects.toThrow();
  } finally {
    child.kill();
  }
});

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
  const table = rows.map(({ name, unit, default: standard, min, max, infinite }) => {
    const range = `${show(min)} to ${show(max)}${infinite ? ', or Infinity' : ''}`;
    return `| \`${name}\` | ${show(standard)} | ${range} | ${unit} |`;
  });
  expect(marked('table: options').split('\n').slice(2)).toEqual(table);
});

test('the sizes are those of a real bundle, give or take what compilers differ by', async () => {
  const { app, lazy } = await bundles(root);
  expect(Math.abs(Number(marked('size: app')) - gzipOf([app]) / 1_000)).toBeLessThan(0.1);
  expect(Math.abs(Number(marked('size: lazy')) - gzipOf(lazy) / 1_000)).toBeLessThan(2);
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
