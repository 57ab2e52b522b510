/** Finds a port to listen on and names the host as one would type it. */

const portDefault = 4321;
/** How many ports after the default one are tried, before saying that all are taken. */
const portTriesMax = 20;

/**
 * Listens and resolves with the port. A port that was asked for is taken or refused, since
 * another one would surprise whoever asked; the default one gives way to the next free one.
 */
export async function listen(server, host, wanted) {
  const isChosen = wanted !== undefined && wanted !== '';
  const first = isChosen ? parsePort(wanted) : portDefault;
  const last = isChosen ? first : portDefault + portTriesMax;
  for (let port = first; port <= last; port += 1) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw describe(error, host, port);
    }
  }
  throw new Error(
    isChosen
      ? `Port ${first} is taken. Choose another one, for example: PORT=${first + 1}`
      : `Ports ${first} to ${last} are all taken. Choose one: PORT=…`,
  );
}

/** A wildcard address cannot be opened in a browser, and IPv6 needs its brackets. */
export function printable(host) {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`PORT must be a whole number from 0 to 65535, not "${text}".`);
}

function listenOn(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

function describe(error, host, port) {
  if (error.code === 'EACCES') return new Error(`Port ${port} needs more rights than you have.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Error(`HOST "${host}" is no address of this machine.`);
  }
  return error;
}
