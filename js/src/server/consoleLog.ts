// biome-ignore-all lint/suspicious/noConsole: where nobody listens to events, it is all there is

import type { FailedPart, LineServerEvent } from './events.js';

const TEXT_MAX = 8_000; // characters
const STACKS_MAX = 4;

/** How many failures of a part were left out in this second; none is kept of one without any. */
const leftOut = new Map<FailedPart, number>();

/**
 * Says on the console what must not stay unseen where the application listens to no events: what
 * failed, once a second for each part of the application, and which option was ignored.
 */
export function printEvent(event: LineServerEvent): void {
  if (event.type === 'failed') printFailure(event);
  if (event.type === 'ignored') {
    console.warn(
      `openline: ${event.option} is ignored: the line server of this path runs, and only a new ` +
        'process can change that option',
    );
  }
}

function printFailure(event: LineServerEvent & { type: 'failed' }): void {
  const { during, error, user, stream } = event;
  const before = leftOut.get(during);
  leftOut.set(during, before === undefined ? 0 : before + 1);
  if (before !== undefined) return;
  setTimeout(() => endSecond(during), 1_000).unref();
  const names = Object.entries({ user, stream }).filter(([, name]) => name !== undefined);
  const concerned = names.map(([kind, name]) => `, ${kind} ${JSON.stringify(name)}`).join('');
  console.error(printable(`openline: failed during ${during}${concerned}: ${textOf(error)}`));
}

function endSecond(during: FailedPart): void {
  const count = leftOut.get(during);
  leftOut.delete(during);
  if (count) console.error(`openline: failed during ${during} ${count} more times in a second`);
}

/** No control character, with which a client could forge a line of a terminal. */
function printable(text: string): string {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
  return short.replace(/(?![\n\t])\p{Cc}/gu, '?');
}

/** The stack, and those of its causes: what else hangs on an error may be a request's cookie. */
function textOf(error: unknown): string {
  const texts = [stackOf(error)];
  for (let at = causeOf(error); at !== undefined && texts.length < STACKS_MAX; at = causeOf(at)) {
    texts.push(stackOf(at));
  }
  return texts.join('\ncaused by ');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function stackOf(error: unknown): string {
  if (error instanceof Error) return String(error.stack ?? error);
  if (typeof error === 'object' || typeof error === 'function') {
    return `${Object.prototype.toString.call(error)}, which is no Error, was thrown`;
  }
  return `${String(error)}, which is no Error, was thrown`;
}
