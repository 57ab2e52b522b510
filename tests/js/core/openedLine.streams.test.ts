import { afterEach, describe, expect, it } from 'vitest';
import type { Publications } from '../../../js/src/core/coreStreams.js';
import type { LineCallbacks } from '../../../js/src/core/lineCallbacks.js';
import { type DefinitionOptions, defineLine } from '../../../js/src/core/lineDefinition.js';
import { type OpenedLine, openLine } from '../../../js/src/core/openedLine.js';
import { messages } from '../../../js/src/core/streamDefinition.js';
import { soon } from '../../support/lineFixture.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { until } from '../../support/until.js';

// The line of a definition against the real server, over loopback.

const serve = streamServerFixture();
const opened: OpenedLine[] = [];

afterEach(() => {
  for (const line of opened.splice(0)) line.dispose();
});

const state = {
  board: messages<number>({ stream: 'board' }),
  chat: messages<string>({ stream: (room) => `chat:${room}` }),
};

function lineTo(url: string, callbacks: LineCallbacks = {}, options: DefinitionOptions = {}) {
  const definition = defineLine(url, { reconnect: soon, ...options, state });
  const line = openLine(definition, callbacks);
  opened.push(line);
  return { definition, line };
}

describe('a line of openline.1', () => {
  it('gets what is published', async () => {
    const { url, lines } = await serve();
    const { definition, line } = lineTo(url);
    const seen: number[] = [];
    const reader = line.subscribe(definition.board, {
      published: (batch: Publications<number>) => seen.push(...batch.values()),
    });
    await until(() => reader.status === 'live', 'it is live');
    for (let i = 1; i <= 100; i++) lines.publish('board', i);
    await until(() => seen.length === 100, 'all have come in');
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(reader.at?.[1]).toBe(100);
  });
});
