import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemo } from './startDemo.js';

let demo;

beforeEach(async () => {
  demo = await startDemo();
});

afterEach(() => demo.stop());

function importMapOf(html) {
  return /<script type="importmap">(.*?)<\/script>/s.exec(html)[1];
}

function directivesOf(answer) {
  const policy = answer.headers['content-security-policy'];
  const directives = policy.split('; ').map((directive) => directive.split(' '));
  return Object.fromEntries(directives.map(([name, ...sources]) => [name, sources]));
}

describe('content security policy', () => {
  test('it allows nothing but what the page needs', async () => {
    expect(directivesOf(await demo.get('/boot.js'))).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'", "'wasm-unsafe-eval'"],
      'style-src': ["'self'"],
      'connect-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
  });

  test.each(['/', '/?dev'])('the import map of %s is named by its hash', async (path) => {
    const answer = await demo.get(path);
    const hash = createHash('sha256').update(importMapOf(answer.body)).digest('base64');
    expect(directivesOf(answer)['script-src']).toContain(`'sha256-${hash}'`);
  });

  test.each(['/', '/missing.js', '/fault/nothing'])('%s carries it', async (path) => {
    const { headers } = await demo.get(path);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('the page has no inline style and no inline script but the import map', async () => {
    const { body } = await demo.get('/');
    expect(body).not.toMatch(/\sstyle=|<style|\son\w+=/);
    expect(body.match(/<script/g)).toHaveLength(2);
  });
});

describe('import map', () => {
  test.each([
    ['/', 'production'],
    ['/?dev', 'development'],
  ])('%s takes the %s build of React, and each of its files is there', async (path, build) => {
    const { imports } = JSON.parse(importMapOf((await demo.get(path)).body));
    expect(imports['react-dom/client']).toBe(`/vendor/${build}/react-dom/client.js`);
    const vendored = Object.values(imports).filter((address) => address.startsWith('/vendor/'));
    for (const address of vendored) expect((await demo.get(address)).status).toBe(200);
  });
});
