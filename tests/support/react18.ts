import { createRequire, Module } from 'node:module';
import { version } from 'react';

// In the project react-18 the tests import React 18 by an alias; what react-dom requires by itself
// Node resolves, so it has to be told as well.

interface Resolver {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

const resolver = Module as unknown as Resolver;
const resolve = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) =>
  resolve.call(Module, request.replace(/^react(-dom)?(?=$|\/)/, 'react$1-18'), ...rest);

const required = createRequire(import.meta.url)('react') as { version: string };
if (!version.startsWith('18.') || required.version !== version) {
  throw new Error(`the tests have React ${version}, react-dom has ${required.version}`);
}
