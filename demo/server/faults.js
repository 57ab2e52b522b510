/** POST /fault/<name>?client=…: a visitor breaks its own line, and only its own. */
import { commonHeaders, isSameOrigin, sendText } from './headers.js';
import { isVisitorId } from './visitors.js';

const faults = { cut, stall, resume, refuse, accept, close, flood };

const limits = {
  seconds: { fallback: 10, min: 1, max: 60 },
  count: { fallback: 10_000, min: 1, max: 100_000 },
  bytes: { fallback: 0, min: 0, max: 65_536 },
  code: { fallback: 1000, min: 1000, max: 4999 },
};
/** RFC 6455, section 5.5: a control frame holds 125 bytes, and the code takes two. */
const reasonBytesMax = 123;

/** Says to the visitor what is wrong with its request. */
class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** Returns the function that answers everything under /fault/. */
export function createFaults(visitors) {
  return async function answerFault(request, response) {
    try {
      const { fault, query } = read(request);
      const visitor = visitors.admit(query.get('client'));
      if (!visitor) throw new Refusal(503, 'Too many visitors. Try again later.');
      try {
        const connections = visitor.connections.size;
        const outcome = await fault(visitor, query);
        sendJson(response, { fault: fault.name, connections, ...outcome });
      } finally {
        visitor.settle();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 405) response.setHeader('Allow', 'POST');
      sendText(response, error.status, error.message);
    }
  };
}

function read(request) {
  const [path, search = ''] = request.url.split('?', 2);
  const query = new URLSearchParams(search);
  const name = path.slice('/fault/'.length);
  if (!Object.hasOwn(faults, name)) {
    const known = Object.keys(faults).join(', ');
    throw new Refusal(404, `There is no fault of this name. There are: ${known}.`);
  }
  if (request.method !== 'POST') throw new Refusal(405, 'A fault is asked for by POST.');
  if (!isSameOrigin(request)) throw new Refusal(403, 'Only the demo page may ask for a fault.');
  if (!isVisitorId(query.get('client') ?? '')) {
    throw new Refusal(400, 'Say whose line is meant: ?client=<id>.');
  }
  return { fault: faults[name], query };
}

function cut(visitor) {
  for (const connection of visitor.connections) connection.cut();
}

function stall(visitor, query) {
  const seconds = number(query, 'seconds');
  visitor.stall(seconds * 1000);
  return { seconds };
}

function resume(visitor) {
  visitor.resume();
}

function refuse(visitor, query) {
  const seconds = number(query, 'seconds');
  visitor.refuse(seconds * 1000);
  return { seconds };
}

function accept(visitor) {
  visitor.accept();
}

function close(visitor, query) {
  const code = number(query, 'code');
  const reason = query.get('reason') ?? '';
  if (!isSendableCode(code)) {
    const allowed = '1000 to 1003, 1007 to 1014 and 3000 to 4999';
    throw new Refusal(400, `Code ${code} may not be sent. These may: ${allowed}.`);
  }
  if (Buffer.byteLength(reason) > reasonBytesMax) {
    throw new Refusal(400, `A reason has ${reasonBytesMax} bytes at most.`);
  }
  for (const connection of visitor.connections) connection.close(code, reason);
  return { code, reason };
}

/** Answers when the flood has begun; it goes on as fast as the network takes it. */
function flood(visitor, query) {
  const count = number(query, 'count');
  const bytes = number(query, 'bytes');
  const connections = [...visitor.connections];
  if (connections.length === 0) throw new Refusal(409, 'There is no open line to flood.');
  if (connections.some(({ isFlooding }) => isFlooding)) {
    throw new Refusal(409, 'A flood is on its way already.');
  }
  const id = Math.random().toString(36).slice(2, 10);
  for (const connection of connections) connection.flood({ id, count, bytes });
  return { id, count, bytes };
}

function number(query, name) {
  const { fallback, min, max } = limits[name];
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Refusal(400, `${name} must be a whole number from ${min} to ${max}.`);
}

/** RFC 6455, section 7.4: 1004 to 1006 and 1015 never go over the wire; 1016 to 2999 are kept. */
function isSendableCode(code) {
  const isReserved = code >= 1004 && code <= 1006;
  return (code <= 1014 && !isReserved) || code >= 3000;
}

function sendJson(response, outcome) {
  response
    .writeHead(200, { ...commonHeaders(), 'Content-Type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(outcome));
}
