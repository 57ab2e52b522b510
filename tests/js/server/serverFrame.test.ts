import { expect, it } from 'vitest';
import {
  type StreamAnswer,
  serverFrame,
  type Welcome,
} from '../../../js/src/server/serverFrame.js';
import vectors from '../../fixtures/protocol.json' with { type: 'json' };

interface ServerValue extends Welcome {
  readonly kind: string;
  readonly [name: string]: unknown;
}

function written({ kind, ...value }: ServerValue, text: string): string {
  const [, ...rest] = JSON.parse(text) as [number, ...unknown[]];
  const [a, b, c, d] = rest as [number, number, string, number];
  switch (kind) {
    case 'welcome':
      return serverFrame.welcome(value);
    case 'ack':
      return serverFrame.ack(a);
    case 'nack':
      return serverFrame.nack(a, b, c);
    case 'subscribed':
    case 'refused':
      if (rest.length === 5 && rest[1] === null)
        return serverFrame.ended(String(a), Number(c), String(d));
      return serverFrame.subscribed(rest as unknown as StreamAnswer);
    case 'resync':
      return serverFrame.resync(a, [String(b), Number(c)]);
    case 'goaway': {
      const [code, reason, afterMs, spreadMs] = rest as [number, string, number, number];
      return serverFrame.goaway({ code, reason, afterMs, spreadMs });
    }
    case 'heartbeat':
      return serverFrame.heartbeat(a);
    case 'reply':
      return serverFrame.reply(a, JSON.stringify(b));
    default:
      throw new Error(`no such frame: ${kind} ${String(d)}`);
  }
}

it.each(vectors.serverFrames)('writes $name', ({ text, value }) => {
  expect(written(value as unknown as ServerValue, text)).toBe(text);
});
