/** Everything that is read: the page, the built package under /openline/, React under /vendor/. */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commonHeaders, sendText } from './headers.js';
import { renderPage } from './page.js';
import { readVendorModule } from './vendor.js';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Returns the function that answers GET and HEAD. */
export function createFiles({ pageDirectory, distDirectory }) {
  const folders = [
    { prefix: '/openline/', directory: distDirectory },
    { prefix: '/', directory: pageDirectory },
  ];

  async function find(path, query) {
    if (path === '/' || path === '/index.html') {
      return renderPage(pageDirectory, query.has('dev') ? 'development' : 'production');
    }
    if (path.startsWith('/vendor/')) {
      const body = await readVendorModule(path.slice('/vendor/'.length));
      return body === null ? null : { body, type: types['.js'] };
    }
    const folder = folders.find(({ prefix }) => path.startsWith(prefix));
    return readInside(folder.directory, path.slice(folder.prefix.length));
  }

  return async function answerFile(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return sendText(response, 405, 'This can only be read.');
    }
    const url = parse(request.url);
    if (!url) return sendText(response, 400, 'This address cannot be understood.');
    const found = await find(url.path, url.query);
    if (!found) return sendText(response, 404, 'There is nothing here.');
    return send(request, response, found);
  };
}

/** Null when the address is malformed, for example by a lone per cent sign. */
function parse(target) {
  try {
    const url = new URL(target, 'http://demo.invalid');
    return { path: decodeURIComponent(url.pathname), query: url.searchParams };
  } catch {
    return null;
  }
}

/**
 * Reads a file that truly lies inside `directory`, else null. The check is made on the real
 * path, after all decoding, so neither `..`, an encoded slash nor a symbolic link leads out.
 */
async function readInside(directory, path) {
  const type = types[extname(path)];
  if (!type || path.includes('\0')) return null;
  try {
    const root = await realpath(fileURLToPath(directory));
    const file = await realpath(resolve(root, `.${sep}${path}`));
    if (!file.startsWith(root + sep)) return null;
    return { body: await readFile(file), type };
  } catch (error) {
    const absent = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'];
    if (absent.includes(error.code)) return null;
    throw error;
  }
}

/** `no-cache` means: keep it, but ask each time. So an edited file shows at the next reload. */
function send(request, response, { body, type, policy }) {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { ...commonHeaders(policy), 'Cache-Control': 'no-cache', ETag: tag };
  if (request.headers['if-none-match'] === tag) return response.writeHead(304, headers).end();
  response.writeHead(200, {
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
  });
  return response.end(request.method === 'HEAD' ? undefined : body);
}
