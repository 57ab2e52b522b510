import { expect, it, vi } from 'vitest';
import type { CoreLineConfig } from '../../../js/src/core/core.js';
import { dialectFor } from '../../../js/src/core/dialectFor.js';
import { NumberedOutgoing } from '../../../js/src/core/numberedOutgoing.js';
import { PlainDialect } from '../../../js/src/core/plainDialect.js';
import { StreamDialect } from '../../../js/src/core/streamDialect.js';

const line = { entry: { send: vi.fn(), adopt: vi.fn() } } as never;
const config = { protocols: ['openline.1'], messageBytesMax: 8 } as unknown as CoreLineConfig;

it('a line talks plainly unless somebody asks for streams', () => {
  const plain = dialectFor(line, config);
  expect(plain).toBeInstanceOf(PlainDialect);
  expect(plain.out).not.toBeInstanceOf(NumberedOutgoing);
});

it('a line of streams speaks openline.1, and numbers what it sends', () => {
  const spoken = dialectFor(line, { ...config, streams: {} as never });
  expect(spoken).toBeInstanceOf(StreamDialect);
  expect(spoken.out).toBeInstanceOf(NumberedOutgoing);
});
