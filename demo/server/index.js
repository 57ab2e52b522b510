/** The entry of the demo: chooses a port, says where it is, and leaves when it is told to. */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { createDemoServer } from './createDemoServer.js';
import { listen, printable } from './listen.js';
import { distDirectory } from './paths.js';

const host = process.env.HOST || '127.0.0.1';
const demo = createDemoServer();

if (!existsSync(new URL('react/index.js', distDirectory))) {
  console.warn('openline is not built yet, so the page can only say so. Run: npm run build');
}

try {
  const port = await listen(demo.server, host, process.env.PORT);
  console.log(`openline demo: http://${printable(host)}:${port}/`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  // `once`: a second signal finds Node's default again and ends the process at once.
  process.once(signal, () => demo.close());
}
