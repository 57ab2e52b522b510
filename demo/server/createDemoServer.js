/** Puts the parts together: one HTTP server for the page, the faults and the line. */
import { createServer } from 'node:http';
import { createFaults } from './faults.js';
import { createFiles } from './files.js';
import { createLine } from './line.js';
import { distDirectory, pageDirectory } from './paths.js';
import { createVisitors } from './visitors.js';

const defaults = { pageDirectory, distDirectory, after };

/**
 * Builds the server without listening. Tests give their own `distDirectory`, and an `after`
 * that they move by hand, so that no test ever waits for a real second to pass.
 */
export function createDemoServer(options = {}) {
  const settings = { ...defaults, ...options };
  const visitors = createVisitors(settings.after);
  const line = createLine(visitors);
  const answerFault = createFaults(visitors);
  const answerFile = createFiles(settings);

  const server = createServer((request, response) => {
    const answer = request.url.startsWith('/fault/') ? answerFault : answerFile;
    Promise.resolve(answer(request, response)).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500).end('The demo server stumbled.\n');
      else response.destroy();
    });
  });
  server.on('upgrade', line.upgrade);

  async function close() {
    const closed = new Promise((resolve) => server.close(resolve));
    await line.close();
    visitors.forgetAll();
    server.closeAllConnections();
    await closed;
  }

  return { server, visitors, close };
}

/** Calls `callback` once after `delayMs` unless the returned function is called before. */
function after(delayMs, callback) {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
