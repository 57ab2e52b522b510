/** The page itself: its import map follows the build of React, its policy the import map. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy } from './headers.js';

/** `build` is 'production' or 'development' (`/?dev`): which files of React the page gets. */
export async function renderPage(directory, build) {
  const source = await readFile(new URL('index.html', directory), 'utf8');
  // A browser turns CRLF into LF before it hashes; a checkout on Windows has to do the same.
  const body = source
    .replaceAll('\r\n', '\n')
    .replaceAll('/vendor/production/', `/vendor/${build}/`);
  const importMap = /<script type="importmap">(.*?)<\/script>/s.exec(body)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return {
    body,
    type: 'text/html; charset=utf-8',
    policy: contentSecurityPolicy(`sha256-${hash}`),
  };
}
