import { expect, it, vi } from 'vitest';
import { PlainReaders } from '../../../js/src/core/plainReaders.js';

const listener = () => ({ published: vi.fn(), changed: vi.fn() });

it('readers of a line without streams are live while the line is', () => {
  const readers = new PlainReaders();
  const { changed, published } = listener();
  const reader = readers.read({}, { published, changed });
  expect(reader.status).toBe('subscribing');
  for (const isLive of [true, true, false]) readers.changed(isLive);
  expect(changed.mock.calls.flat()).toEqual(['live', 'subscribing']);
  readers.changed(true);
  expect(readers.read({}, listener()).status).toBe('live');
});

it('readers of a line without streams are kept until they leave, each with what counts', () => {
  const readers = new PlainReaders();
  const specs = [{}, { value: '/v' }] as const;
  const [one] = specs.map((spec) => readers.read(spec, listener()));
  expect([...readers.all.values()]).toEqual(specs);
  one?.leave();
  expect([...readers.all.values()]).toEqual([specs[1]]);
});

it('readers of a line without streams end with the line', () => {
  const readers = new PlainReaders();
  const reader = readers.read({}, listener());
  readers.dispose();
  expect([reader.status, readers.all.size]).toEqual(['idle', 0]);
});
