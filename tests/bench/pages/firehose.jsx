// Counts what comes in, and the frames that the browser draws meanwhile. Nothing is parsed.
import { defineLine, messages, openLine } from 'openline';

const counts = { received: 0, bytes: 0, frames: 0, longestMs: 0 };

/** Each connects and answers how to end. */
const openers = {
  plain: (host) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${host}/plain`);
      socket.onmessage = ({ data }) => {
        counts.received += 1;
        counts.bytes += data.length;
      };
      socket.onerror = () => reject(new Error('the plain socket failed'));
      socket.onopen = () => resolve(() => socket.close());
    }),

  openline: (host) =>
    new Promise((resolve, reject) => {
      const definition = defineLine(`ws://${host}/openline`, {
        state: { firehose: messages({ stream: 'firehose' }) },
      });
      const line = openLine(definition, {
        onError: reject,
        onResync: () => reject(new Error('a resync')),
      });
      const reader = line.subscribe(definition.firehose, {
        published: (batch) => {
          counts.received += batch.count;
          counts.bytes += batch.bytes.length;
        },
        changed: (status) => {
          if (status === 'live') resolve(() => end());
        },
      });
      const end = () => {
        reader.leave();
        line.dispose();
      };
    }),
};

let close;

window.connect = async (kind, host) => {
  close = await openers[kind](host);
};
window.disconnect = () => close();

let drawnAt = performance.now();
const draw = (now) => {
  counts.frames += 1;
  counts.longestMs = Math.max(counts.longestMs, now - drawnAt);
  drawnAt = now;
  requestAnimationFrame(draw);
};
requestAnimationFrame(draw);

/** Since the last call. */
window.account = () => {
  const answer = { ...counts, atMs: performance.now() };
  Object.assign(counts, { received: 0, bytes: 0, frames: 0, longestMs: 0 });
  return answer;
};
window.ready = true;
