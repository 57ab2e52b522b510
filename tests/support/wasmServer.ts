import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { coreBytes } from './coreModule.js';

export interface WasmServer {
  readonly url: string;
  readonly requests: string[];
  stop(): Promise<void>;
}

/** Serves core.wasm on `/<content-type>`, and 404 elsewhere. */
export async function startWasmServer(): Promise<WasmServer> {
  const bytes = await coreBytes();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1);
    requests.push(path);
    if (path === 'nowhere') response.writeHead(404).end('not here');
    else if (path === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (path === 'untyped') response.writeHead(200).end(bytes);
    else response.writeHead(200, { 'content-type': path }).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
