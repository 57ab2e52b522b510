import { type AnyLineDefinition, settingsOf } from '../core/lineDefinition.js';
import { startLoading } from '../core/loadCore.js';
import type { OpenedLine } from '../core/openedLine.js';
import { sharedLine } from '../core/sharedLine.js';

/**
 * The line of a definition on this page, to be asked for in render: from then on the core is on its
 * way. Null while rendering on a server.
 *
 * @throws TypeError for what `defineLine` has not made
 */
export function lineFor(definition: AnyLineDefinition): OpenedLine | null {
  const line = sharedLine(definition);
  if (line?.snapshot.status === 'idle') {
    startLoading(settingsOf(definition).hasDocuments);
  }
  return line;
}
