import { isBrowser } from './host.js';
import { type AnyLineDefinition, settingsOf } from './lineDefinition.js';
import { OpenedLine } from './openedLine.js';

const lines = new WeakMap<AnyLineDefinition, OpenedLine>();

/**
 * The one line of a definition on this page. Null while rendering on a server, where nothing may be
 * shared between requests.
 */
export function sharedLine(definition: AnyLineDefinition): OpenedLine | null {
  settingsOf(definition);
  if (!isBrowser()) return null;
  let line = lines.get(definition);
  if (line === undefined) {
    line = new OpenedLine(definition);
    lines.set(definition, line);
  }
  return line;
}
