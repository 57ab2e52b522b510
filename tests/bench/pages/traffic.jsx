// Sends and receives many small texts over a line and over a bare WebSocket, by the same loops.
import { useWebSocket } from 'openline/react';
import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';

const text = 'twenty characters ok';
const chunk = 5_000;
const url = '/work';
const idle = new MessageChannel();

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

/** The next task. */
function nextTask() {
  return new Promise((resolve) => {
    idle.port1.onmessage = resolve;
    idle.port2.postMessage(null);
  });
}

/** Milliseconds in the loops alone, and until the server has said that it got all. */
window.sendMany = async (name, count) => {
  let answer = () => {};
  const answered = new Promise((resolve) => {
    answer = resolve;
  });
  const socket = await openers[name](({ data }) => answer(data));
  const start = performance.now();
  let loops = 0;
  for (let sent = 0; sent < count; ) {
    const until = Math.min(sent + chunk, count);
    const before = performance.now();
    for (; sent < until; sent++) socket.send(text);
    loops += performance.now() - before;
    while (socket.buffered() > 0) await nextTask();
  }
  socket.send('end');
  const got = Number(await answered);
  const total = performance.now() - start;
  await socket.close();
  if (got !== count) throw new Error(`the server got ${got} of ${count}`);
  return { loops, total };
};

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
