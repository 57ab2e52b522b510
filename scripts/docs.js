// `npm run docs`: the API reference, made by typedoc of the docstrings, in build/api. It ends with
// an error when something that is exported has none, or when a link in one leads nowhere.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Logger, LogLevel } from 'typedoc';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Members of a type that is written in place are explained by what is said of the whole, those
// named by a symbol cannot be used by anybody, and those of WebSocket are the standard's.
const OF_STANDARD = 'ResilientWebSocket\\.(CONNECTING|OPEN|CLOSING|CLOSED|on[a-z]+) ';
const EXPLAINED_ELSEWHERE = new RegExp(
  `\\.(__type\\.|\\[|${OF_STANDARD}).*does not have any documentation$`,
);

/** Keeps what is wrong, to be told at the end. */
class FaultLogger extends Logger {
  faults = [];

  addContext(message) {
    return message;
  }

  log(message, level) {
    if (level >= LogLevel.Warn && !EXPLAINED_ELSEWHERE.test(message)) this.faults.push(message);
  }
}

/**
 * What is wrong with the docstrings of the entry points in `options`, a file for typedoc.
 * @param {{ options?: string, out?: string }} given `out`: where to write the reference, from the
 *   root; without it nothing is written
 * @returns {Promise<string[]>} one line each
 */
export async function documentApi({ options = 'typedoc.json', out } = {}) {
  const app = await Application.bootstrap({ options: join(root, options) });
  const logger = new FaultLogger();
  app.logger = logger;
  const project = await app.convert();
  if (project === undefined) return [...logger.faults, 'nothing could be read'];
  app.validate(project);
  if (out !== undefined) await app.generateDocs(project, join(root, out));
  return logger.faults;
}

if (import.meta.filename === process.argv[1]) {
  const out = 'build/api';
  const faults = await documentApi({ out });
  for (const fault of faults) console.error(`openline: ${fault}`);
  if (faults.length > 0) process.exit(1);
  console.log(`The API reference is in ${out}/index.html.`);
}
