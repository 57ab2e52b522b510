// In a browser messages posted to ports and the tasks of React's scheduler (which posts messages as
// well) come from one queue, first in, first out. In Node the scheduler uses setImmediate, and a
// port is emptied, up to 1,000 messages, before any immediate has its turn: 1,000 updates would go
// by without React ever finishing one. So ports post by setImmediate here, too.
class TaskChannel {
  private isOpen = true;

  readonly port1 = {
    onmessage: () => {},
    close: () => {
      this.isOpen = false;
    },
  };
  readonly port2 = {
    postMessage: () => {
      setImmediate(() => {
        if (this.isOpen) this.port1.onmessage();
      });
    },
  };
}

Object.assign(globalThis, { MessageChannel: TaskChannel });
