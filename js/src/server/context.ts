import type { Broker, Origin, Position } from './broker.js';
import type { Clients } from './clients.js';
import type { Counters } from './counters.js';
import { type FailedPart, report } from './events.js';
import type { Access, Handlers, PublishOptions } from './handlers.js';
import type { Hub } from './hub.js';
import { jsonText } from './jsonText.js';
import type { Settings } from './options.js';
import type { Presence } from './presence.js';
import { checkStreamName, isStreamName } from './streamName.js';

/** What the parts of one server share. */
export interface Context {
  readonly settings: Settings;
  /** Replaced when the application's code is. */
  handlers: Handlers<unknown>;
  readonly broker: Broker;
  readonly hub: Hub;
  readonly clients: Clients;
  readonly presence: Presence;
  readonly counters: Counters;
  /** The server is going: what it has is finished, and nothing new is begun. */
  isLeaving: boolean;
}

/** Milliseconds of a clock that nobody sets. */
export function now(): number {
  return Math.trunc(performance.now());
}

export interface Concerned {
  readonly user?: string | undefined;
  readonly stream?: string | undefined;
}

/** Counts and reports what the application or the broker threw. */
export function fail(
  context: Pick<Context, 'counters' | 'handlers'>,
  during: FailedPart,
  error: unknown,
  concerned: Concerned = {},
): void {
  if (during === 'broker') context.counters.brokerFailures += 1;
  if (during === 'onMessage') context.counters.handlerFailures += 1;
  report(context.handlers.onEvent, { type: 'failed', during, error, ...concerned });
}

/** Rejects with whatever the application's function throws. */
export async function mayAccess(
  { handlers }: Context,
  user: unknown,
  stream: string,
  access: Access,
): Promise<boolean> {
  return (await handlers.authorize(user, stream, access)) === true;
}

export interface Publication extends PublishOptions {
  readonly stream: string;
  readonly value: unknown;
  readonly origin?: Origin | undefined;
}

/** @throws TypeError for a stream, key or value that cannot be published, before anything is. */
export function publish(context: Context, publication: Publication): Position | Promise<Position> {
  const { stream, value, key, origin } = publication;
  checkStreamName(stream);
  if (key !== undefined && !isStreamName(key)) {
    throw new TypeError('openline: a key is 1 to 256 bytes of UTF-8');
  }
  const payload = Buffer.from(jsonText(value, `a publication on '${stream}'`));
  const { publicationBytes } = context.settings.limits;
  if (payload.length > publicationBytes) {
    throw new TypeError(
      `openline: a publication on '${stream}' has ${payload.length} bytes of JSON, more than ` +
        `limits.publicationBytes (${publicationBytes})`,
    );
  }
  context.counters.published += 1;
  return context.hub.publish(stream, payload, { key, origin });
}
