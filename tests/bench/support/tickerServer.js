// Writes frames that were made before, at a rate or as fast as the browser takes them, in a process
// of its own; see child.js.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { answerCalls } from './child.js';
import { sleep } from './clock.js';
import { makeFrame, makeFrames, streamIndex } from './tickerFrames.js';

const tickMs = 1;
const floodBytes = 65_536;
const protocol = 'openline.1';

const http = createServer();
const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
});
/** What the page that is connected is written to. */
let raw;
let isOpen;
let connected;
let made;
let sentFrames = 0;

answerCalls({
  async listen() {
    http.on('upgrade', (request, tcp, head) => {
      tcp.setNoDelay(true);
      tcp.on('error', () => {});
      sockets.handleUpgrade(request, tcp, head, (socket) => {
        socket.on('error', () => {});
        raw = tcp;
        if (socket.protocol === protocol) speak(socket);
        else isOpen();
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return http.address().port;
  },

  /** Makes all frames of a run, for the next page that connects. */
  prepare(plan) {
    connected = new Promise((resolve) => {
      isOpen = resolve;
    });
    made = { ...makeFrames(plan), ...plan };
    sentFrames = 0;
  },

  /**
   * Writes, as soon as a page listens, until `stop` messages are out: `perSecond` of them or,
   * with null, as fast as they are taken.
   */
  async write({ stop, perSecond }) {
    await connected;
    const until = Math.ceil(stop / made.perFrame);
    if (perSecond === null) await flood(until);
    else await pace(until, perSecond / made.perFrame);
    while (raw.writableLength > 0) await sleep(5);
  },

  /** The first row as it was at `stop` once more, for a page that has lost it. */
  repeat(stop) {
    if (made.format === 'openline') throw new Error('openline.1 does not lose what it was sent');
    raw.write(makeFrame(made.format, { ...made.rows[0], n: stop }));
  },

  rows: () => made.rows,
});

async function flood(until) {
  while (sentFrames < until) {
    const at = startOf(sentFrames);
    do sentFrames += 1;
    while (sentFrames < until && startOf(sentFrames) - at < floodBytes);
    if (!raw.write(made.bytes.subarray(at, startOf(sentFrames)))) await once(raw, 'drain');
  }
}

async function pace(until, framesPerSecond) {
  const before = sentFrames;
  const startedAt = performance.now();
  while (sentFrames < until) {
    const due = before + ((performance.now() - startedAt) / 1_000) * framesPerSecond;
    const next = Math.min(Math.floor(due), until);
    if (next > sentFrames) {
      raw.write(made.bytes.subarray(startOf(sentFrames), startOf(next)));
      sentFrames = next;
    }
    await sleep(tickMs);
  }
}

function startOf(frame) {
  return frame === 0 ? 0 : made.ends[frame - 1];
}

/** As much of the server's side of openline.1 as a page needs that reads one stream. */
function speak(socket) {
  let isSubscribed = false;
  const grant = (name) => {
    if (isSubscribed) throw new Error('a second subscription would need another index');
    isSubscribed = true;
    return [name, streamIndex, 'e1', 0, true];
  };
  socket.on('message', (bytes) => {
    const [opcode, ...rest] = JSON.parse(bytes.toString());
    if (opcode === 1) {
      const s = rest[0].s.map(([name]) => grant(name));
      const times = { hb: 25_000, idle: 35_000 };
      socket.send(JSON.stringify([1, { v: 1, ...times, max: 65_536, win: 256, ack: 0, s }]));
      if (isSubscribed) isOpen();
    } else if (opcode === 5) {
      socket.send(JSON.stringify([5, ...grant(rest[0])]));
      isOpen();
    } else if (opcode === 9 && rest[1] === 1) {
      socket.send(JSON.stringify([9, 0]));
    }
  });
}
