import type { CoreLineConfig } from './core.js';
import type { Dialect, DialectLine } from './dialect.js';
import { NumberedOutgoing } from './numberedOutgoing.js';
import { type CoreSender, Outgoing } from './outgoing.js';
import { PlainDialect } from './plainDialect.js';
import { StreamDialect } from './streamDialect.js';

/** How a line talks: openline.1 where somebody asks for streams, else plainly. */
export function dialectFor(
  line: DialectLine & { readonly entry: CoreSender },
  { streams, protocols, messageBytesMax }: CoreLineConfig,
): Dialect {
  if (streams === undefined) {
    return new PlainDialect(line, new Outgoing(line.entry, messageBytesMax));
  }
  const out = new NumberedOutgoing(line.entry, messageBytesMax);
  return new StreamDialect(line, { out, streams, protocol: protocols[0] as string });
}
