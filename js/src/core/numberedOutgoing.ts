import { type Outbound, sizeOf } from './byteLength.js';
import type { SendFate } from './core.js';
import type { HeldMessage } from './coreStreams.js';
import { meaning, Outgoing } from './outgoing.js';

/**
 * The way out of a line of openline.1: always through the core, which numbers the messages and has
 * them until they are settled. What a socket has taken waits no longer.
 */
export class NumberedOutgoing extends Outgoing {
  override isRecovered = true;

  override sendPast(): null {
    return null;
  }

  override sendThrough(message: Outbound): SendFate {
    const handle = this.values.keep(message);
    const fate = meaning(this.core.send(handle, sizeOf(message), true)) as SendFate;
    if (fate === 'queued') this.values.hold(handle, message);
    else if (fate !== 'sent') this.values.take(handle);
    return fate;
  }

  /** Asked for when a socket is about to take it, again on each connection until it is settled. */
  override peek(handle: number): string {
    const message = this.values.peek(handle) as HeldMessage;
    this.values.release(handle);
    message.sent();
    return message.payload as string;
  }
}
