/** What a socket has events of. */
export type SocketEventType = 'open' | 'message' | 'error' | 'close';

type Handler<E extends Event> = ((this: WebSocket, event: E) => unknown) | null;

/** The constants and events of a WebSocket (WHATWG), for what has its shape. */
export abstract class WebSocketEvents extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onerror: Handler<Event> = null;
  onclose: Handler<CloseEvent> = null;

  declare addEventListener: WebSocket['addEventListener'];
  declare removeEventListener: WebSocket['removeEventListener'];

  /** @param told is told each event first, before `on…` and the listeners */
  constructor(told?: (type: SocketEventType, event: Event) => void) {
    super();
    // A listener for both, because dispatching to two takes twice as long; the second one hears of
    // the event even when the first one throws.
    for (const type of ['open', 'message', 'error', 'close'] as const) {
      this.addEventListener(type, (event) => {
        try {
          told?.(type, event);
        } finally {
          (this[`on${type}`] as ((event: Event) => unknown) | null)?.(event);
        }
      });
    }
  }
}
