// One message to the server and back until the page shows it, while nothing else goes on: by
// `setState` in the handler of the message, by an expert's store which waits for the animation
// frame, and by openline.
import { defineLine, latest } from 'openline';
import { useLine, useLive } from 'openline/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';

const url = `ws://${location.host}/echo`;
const timeoutMs = 5_000;
const line = defineLine(url, { state: { newest: latest() } });

function Naive({ opened }) {
  const [message, setMessage] = useState();
  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onopen = () => opened((value) => socket.send(JSON.stringify(value)));
    socket.onmessage = ({ data }) => setMessage(JSON.parse(data));
    return () => socket.close();
  }, [opened]);
  return <p>{message?.n}</p>;
}

class NewestStore {
  #message;
  #isWaiting = false;
  #listeners = new Set();

  take(text) {
    this.#message = JSON.parse(text);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      for (const changed of this.#listeners) changed();
    });
  }

  subscribe = (changed) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  read = () => this.#message;
}

const store = new NewestStore();

function Expert({ opened }) {
  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onopen = () => opened((value) => socket.send(JSON.stringify(value)));
    socket.onmessage = ({ data }) => store.take(data);
    return () => socket.close();
  }, [opened]);
  return <p>{useSyncExternalStore(store.subscribe, store.read)?.n}</p>;
}

function Openline({ opened }) {
  const { status, send } = useLine(line);
  const message = useLive(line.newest);
  useEffect(() => {
    if (status === 'open') opened((value) => send(JSON.stringify(value)));
  }, [status, send, opened]);
  return <p>{message?.n}</p>;
}

const places = {};

/** Mounts all of them beside each other, each with a socket of its own. */
window.connect = async () => {
  const boards = { naive: Naive, expert: Expert, openline: Openline };
  for (const [kind, Shown] of Object.entries(boards)) {
    const place = document.querySelector('main').appendChild(document.createElement('div'));
    const send = await new Promise((opened) => {
      createRoot(place).render(<Shown opened={opened} />);
    });
    places[kind] = { place, send };
  }
};

let newest = 0;

/** Milliseconds from the send to the text in the page. */
window.echo = (kind) => {
  const { place, send } = places[kind];
  newest += 1;
  const expected = String(newest);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${kind}: no echo is shown`)), timeoutMs);
    const observer = new MutationObserver(() => {
      if (place.textContent !== expected) return;
      const ms = performance.now() - sentAt;
      clearTimeout(timer);
      observer.disconnect();
      resolve(ms);
    });
    observer.observe(place, { childList: true, characterData: true, subtree: true });
    const sentAt = performance.now();
    send({ n: newest });
  });
};
window.ready = true;
