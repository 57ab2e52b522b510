import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemo } from './startDemo.js';

let demo;

beforeEach(async () => {
  demo = await startDemo();
  const built = join(demo.dist, 'package');
  await mkdir(join(built, 'core'), { recursive: true });
  await writeFile(join(built, 'index.js'), 'export {};\n');
  await writeFile(join(built, 'core/core.wasm'), '\0asm');
  await writeFile(join(demo.dist, 'secret.js'), 'a secret');
});

afterEach(() => demo.stop());

describe('static files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/boot.js', 'text/javascript; charset=utf-8'],
    ['/style/base.css', 'text/css; charset=utf-8'],
    ['/favicon.svg', 'image/svg+xml; charset=utf-8'],
    ['/openline/index.js', 'text/javascript; charset=utf-8'],
    ['/openline/core/core.wasm', 'application/wasm'],
  ])('%s is served as %s', async (path, type) => {
    const answer = await demo.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
  });

  test.each(['/missing.js', '/style', '/style/', '/openline/', '/boot.js/x', '/%00.js'])(
    '%s is not found',
    async (path) => {
      expect((await demo.get(path)).status).toBe(404);
    },
  );

  test('a malformed address is a bad request', async () => {
    expect((await demo.get('/%.js')).status).toBe(400);
  });

  test('nothing can be written', async () => {
    const answer = await demo.send('PUT', '/boot.js');
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  test('HEAD tells the length and sends no body', async () => {
    const answer = await demo.send('HEAD', '/openline/index.js');
    expect(answer.headers['content-length']).toBe('11');
    expect(answer.body).toBe('');
  });

  test('a browser that has a file already is told so, after having asked', async () => {
    const first = await demo.get('/boot.js');
    expect(first.headers['cache-control']).toBe('no-cache');
    const second = await demo.get('/boot.js', { 'if-none-match': first.headers.etag });
    expect(second).toMatchObject({ status: 304, body: '' });
  });
});

describe('no path leads out of the served folders', () => {
  test.each([
    '/openline/../secret.js',
    '/openline/%2e%2e/secret.js',
    '/openline/..%2fsecret.js',
    '/openline/%2e%2e%2fsecret.js',
    '/openline/..%5csecret.js',
    '/openline/core/..%2f..%2fsecret.js',
    '/..%2fserver/index.js',
    '/../server/index.js',
    '/..%2f..%2fpackage.json',
  ])('%s is not found', async (path) => {
    const answer = await demo.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test('a symbolic link out is not followed', async () => {
    const link = join(demo.dist, 'package/link.js');
    await symlink(join(demo.dist, 'secret.js'), link);
    expect((await demo.get('/openline/link.js')).status).toBe(404);
  });
});
