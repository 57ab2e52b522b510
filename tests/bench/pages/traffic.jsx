// Sends and receives many small texts over a line and over a bare WebSocket, by the same loops.
import { useWebSocket } from 'openline/react';
import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { median } from '../support/median.js';

const text = 'twenty characters ok';
const chunk = 5_000;
const url = '/work';

/** Each opens a fresh socket and answers { send, buffered, close }. */
const openers = {
  bare: (receive) =>
    new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.onmessage = receive;
      socket.onopen = () =>
        resolve({
          send: (message) => socket.send(message),
          buffered: () => socket.bufferedAmount,
          close: () => closed(socket, () => socket.close()),
        });
    }),

  openline: (receive) =>
    new Promise((resolve) => {
      const root = createRoot(document.querySelector('main'));
      const open = ({ sendMessage, getWebSocket }) => {
        const socket = getWebSocket();
        resolve({
          send: sendMessage,
          buffered: () => socket.bufferedAmount,
          close: () => {
            const done = closed(socket, () => socket.close());
            return done.then(() => root.unmount());
          },
        });
      };
      root.render(<Line receive={receive} open={open} />);
    }),
};

function Line({ receive, open }) {
  const line = useWebSocket(url, { onMessage: receive });
  const { status } = line;
  useLayoutEffect(() => {
    if (status === 'open') open(line);
  });
  return <p>{status}</p>;
}

function closed(socket, close) {
  return new Promise((resolve) => {
    socket.addEventListener('close', resolve);
    close();
  });
}

/** Lets the browser work off what was sent. Rarely enough that looking costs next to nothing. */
function aWhile() {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

/**
 * Milliseconds: in the loops alone; in the loops if each chunk had taken as long as the median one,
 * which leaves out where another process had the processor; until the server has said that it got
 * all.
 */
window.sendMany = async (name, count) => {
  let answer = () => {};
  const answered = new Promise((resolve) => {
    answer = resolve;
  });
  const socket = await openers[name](({ data }) => answer(data));
  const start = performance.now();
  const loops = [];
  for (let sent = 0; sent < count; ) {
    const until = Math.min(sent + chunk, count);
    const before = performance.now();
    for (; sent < until; sent++) socket.send(text);
    loops.push(performance.now() - before);
    while (socket.buffered() > 0) await aWhile();
  }
  socket.send('end');
  const got = Number(await answered);
  const total = performance.now() - start;
  await socket.close();
  if (got !== count) throw new Error(`the server got ${got} of ${count}`);
  return { loops: sum(loops), undisturbed: median(loops) * loops.length, total };
};

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** Opens a socket; `window.receive()` then answers once all have come. */
window.prepareReceive = async (name, count) => {
  let got = 0;
  let units = 0;
  let finish = () => {};
  const socket = await openers[name](({ data }) => {
    units += data.length;
    got += 1;
    if (got === count) finish();
  });
  window.receive = () => {
    const start = performance.now();
    return new Promise((resolve) => {
      finish = () => resolve({ total: performance.now() - start, units });
      socket.send(`flood ${count}`);
    });
  };
  window.closeSocket = () => socket.close();
};

window.ready = true;
