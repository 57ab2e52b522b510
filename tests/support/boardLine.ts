import { afterEach } from 'vitest';
import type { Publications } from '../../js/src/core/coreStreams.js';
import type { LineCallbacks } from '../../js/src/core/lineCallbacks.js';
import { type DefinitionOptions, defineLine } from '../../js/src/core/lineDefinition.js';
import { type OpenedLine, openLine } from '../../js/src/core/openedLine.js';
import type { From } from '../../js/src/core/position.js';
import { messages } from '../../js/src/core/stateDefinition.js';
import { soon } from './lineFixture.js';
import { until } from './until.js';

const state = {
  board: messages<number>({ stream: 'board' }),
  chat: messages<string>({ stream: (room) => `chat:${room}` }),
};

type Options = Omit<DefinitionOptions, 'state'>;

/** Lines that read the numbers which are published on `board`, let go behind each test. */
export function boardLines() {
  const opened: OpenedLine[] = [];
  afterEach(() => {
    for (const line of opened.splice(0)) line.dispose();
  });
  return (url: string, callbacks: LineCallbacks = {}, options: Options = {}) => {
    const definition = defineLine(url, { reconnect: soon, lingerMs: 0, ...options, state });
    const line = openLine(definition, callbacks);
    opened.push(line);
    const read = (from?: From | null) => {
      const seen: number[] = [];
      const published = (batch: Publications<number>) => seen.push(...batch.values());
      return { seen, reader: line.subscribe(definition.board, { published }, from) };
    };
    const readLive = async (from?: From | null) => {
      const both = read(from);
      await until(() => both.reader.status === 'live', 'the reader is live');
      return both;
    };
    return { definition, line, read, readLive };
  };
}

export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
