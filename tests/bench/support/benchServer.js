import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { WebSocketServer } from 'ws';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const floodBatch = 500;

/**
 * Serves one page for each entry (tests/bench/pages/<entry>.jsx at `/<entry>`) as a site would:
 * bundled for production, split, minified, compressed, scripts cached for ever. WebSockets on the
 * same port: `/greet` says hello at once; `/echo` repeats what it gets; `/work` counts texts,
 * answers `end` with their number and `flood n` with `n` texts.
 */
export async function startBenchServer(entries) {
  const files = await bundle(entries);
  const http = createServer((request, response) => {
    const file = files.get(request.url);
    if (file) response.writeHead(200, file.headers).end(file.body);
    else response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket, request) => {
    if (request.url === '/greet') socket.send('hello');
    else if (request.url === '/echo') echo(socket);
    else work(socket);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    origin: `http://127.0.0.1:${http.address().port}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function echo(socket) {
  socket.on('message', (bytes, binary) => socket.send(bytes, { binary }));
}

function work(socket) {
  let count = 0;
  socket.on('message', (bytes) => {
    const text = bytes.toString();
    if (text === 'end') socket.send(String(count));
    else if (text.startsWith('flood ')) flood(socket, Number(text.slice(6)));
    else count += 1;
  });
}

/** In batches, each after the one before has left, so that the memory of the server stays small. */
function flood(socket, left) {
  const size = Math.min(left, floodBatch);
  for (let i = 1; i < size; i++) socket.send('twenty characters ok');
  socket.send('twenty characters ok', () => {
    if (left > size && socket.readyState === socket.OPEN) flood(socket, left - size);
  });
}

async function bundle(entries) {
  const { outputFiles, metafile } = await build({
    entryPoints: entries.map((entry) => join(root, `tests/bench/pages/${entry}.jsx`)),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: join(root, 'out'),
    absWorkingDir: root,
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const files = new Map();
  const headers = { vary: 'accept-encoding', 'content-encoding': 'gzip' };
  for (const { path, contents } of outputFiles) {
    const url = `/assets/${path.slice(join(root, 'out').length + 1)}`;
    files.set(url, {
      body: gzipSync(contents),
      headers: {
        ...headers,
        'content-type': 'text/javascript',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    });
  }
  for (const [path, { entryPoint, imports }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined || !entryPoint.endsWith('.jsx')) continue;
    const entry = /([^/]+)\.jsx$/.exec(entryPoint)[1];
    const eager = imports.filter(({ kind }) => kind === 'import-statement');
    files.set(`/${entry}`, {
      body: gzipSync(
        html(
          path,
          eager.map((each) => each.path),
        ),
      ),
      headers: {
        ...headers,
        'content-type': 'text/html',
        'cache-control': 'no-cache',
        // Timers of 5 microseconds instead of 100.
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    });
  }
  return files;
}

function html(script, preloaded) {
  const url = (path) => path.replace(/^out/, '/assets');
  const links = preloaded.map((path) => `<link rel="modulepreload" href="${url(path)}">`);
  return `<!doctype html><html lang="en"><title>bench</title><link rel="icon" href="data:,">
${links.join('')}<main></main><script type="module" src="${url(script)}"></script></html>`;
}
