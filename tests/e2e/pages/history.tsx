import { useEffect, useState, version } from 'react';
import { createRoot } from 'react-dom/client';
import { WebSocketDemo } from 'readme-of-react-use-websocket';
import { useWebSocket } from '../../../js/src/react/index.js';

// What react-use-websocket's README shows, and a component that must see each message of a burst.

/** The public server of the example is this one: the component itself stays as it is. */
class RedirectedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(
      String(url).replace('wss://echo.websocket.org/', `ws://${location.host}/echo`),
      protocols,
    );
  }
}
Object.assign(window, { WebSocket: RedirectedSocket });

function Burst() {
  const { lastMessage } = useWebSocket('/burst?count=10000');
  const [seen, setSeen] = useState({ count: 0, isInOrder: true });
  useEffect(() => {
    if (lastMessage === null) return;
    setSeen(({ count, isInOrder }) => ({
      count: count + 1,
      isInOrder: isInOrder && lastMessage.data === String(count),
    }));
  }, [lastMessage]);
  return <output data-in-order={seen.isInOrder}>{seen.count}</output>;
}

const isBurst = new URLSearchParams(location.search).has('burst');
const place = document.querySelector('main') as HTMLElement;
place.dataset['react'] = version;
createRoot(place).render(isBurst ? <Burst /> : <WebSocketDemo />);
