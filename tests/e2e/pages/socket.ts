import { ResilientWebSocket } from '../../../js/src/websocket.js';

/** What is tried. */
export type Try = 'new' | 'close';

/** What a WebSocket class throws for these arguments: the name, or '' for nothing. */
function namesThrown(Class: typeof WebSocket, what: Try, cases: readonly unknown[][]): string[] {
  return cases.map((given) => {
    const open = what === 'new' ? null : new Class('/echo');
    try {
      if (what === 'new') new Class(...(given as [string])).close();
      else open?.close(...(given as [number]));
      return '';
    } catch (error) {
      return (error as Error).name;
    } finally {
      open?.close();
    }
  });
}

const sockets = {
  /** Of the browser's own class and of ours. */
  thrown(what: Try, cases: readonly unknown[][]): { theirs: string[]; ours: string[] } {
    const Ours = ResilientWebSocket as unknown as typeof WebSocket;
    return {
      theirs: namesThrown(WebSocket, what, cases),
      ours: namesThrown(Ours, what, cases),
    };
  },
  log: [] as string[],
  present: null as ResilientWebSocket | null,
  /** Opens one that notes all it is told, and sends before anything is loaded. */
  open(url: string): void {
    const { log } = sockets;
    const socket = new ResilientWebSocket(url, [], { minReconnectionDelay: 20 });
    sockets.present = socket;
    const note = (word: string) => log.push(`${word} ${socket.readyState}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => note('open');
    socket.onerror = () => note('error');
    socket.onclose = ({ code }) => note(`close ${code}`);
    socket.onmessage = ({ data }) =>
      note(typeof data === 'string' ? data : `bytes ${new Uint8Array(data).join()}`);
    socket.send('text');
    socket.send(new Blob([Uint8Array.of(1)]));
    socket.send(Uint8Array.of(2));
    socket.send('last');
  },
};

declare global {
  interface Window {
    sockets: typeof sockets;
  }
}
window.sockets = sockets;
