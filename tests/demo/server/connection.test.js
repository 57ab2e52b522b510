import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemo } from './startDemo.js';

let demo;

beforeEach(async () => {
  demo = await startDemo();
});

afterEach(() => demo.stop());

describe('flood', () => {
  async function receive(socket, count) {
    const numbers = [];
    while (numbers.length < count) numbers.push(JSON.parse(await socket.inbox.next()).n);
    return numbers;
  }

  test('each message arrives once and in order', async () => {
    const socket = await demo.open();
    const { body } = await demo.fault('flood', { count: 3_000 });
    expect(JSON.parse(body)).toMatchObject({ fault: 'flood', count: 3_000 });
    const expected = Array.from({ length: 3_000 }, (_, index) => index + 1);
    expect(await receive(socket, 3_000)).toEqual(expected);
  });

  test('the messages have the size that was asked for, and know their number', async () => {
    const socket = await demo.open();
    await demo.fault('flood', { count: 2, bytes: 65_536 });
    const message = await socket.inbox.next();
    expect(message).toHaveLength(65_536);
    expect(JSON.parse(message)).toMatchObject({ n: 1, of: 2 });
  });

  test('it waits for a reader that is slow, and goes on when it reads', async () => {
    const socket = await demo.open();
    socket.pause();
    await demo.fault('flood', { count: 400, bytes: 65_536 });
    const second = await demo.fault('flood', { count: 1 });
    expect(second.status).toBe(409);
    socket.resume();
    expect((await receive(socket, 400)).at(-1)).toBe(400);
  });

  test('a stall holds it up', async () => {
    const socket = await demo.open();
    await demo.fault('stall');
    await demo.fault('flood', { count: 10 });
    expect(await demo.isSilent(socket)).toBe(true);
    await demo.fault('resume');
    expect(await socket.inbox.next()).toBe('are you there?');
    expect((await receive(socket, 10)).at(-1)).toBe(10);
  });

  test('a cut ends it, and the next one can begin', async () => {
    const socket = await demo.open();
    socket.pause();
    await demo.fault('flood', { count: 400, bytes: 65_536 });
    await demo.fault('cut');
    const next = await demo.open();
    await demo.fault('flood', { count: 5 });
    expect((await receive(next, 5)).at(-1)).toBe(5);
    socket.terminate();
  });

  test.each([{ count: 100_001 }, { count: 0 }, { count: '1.5' }, { bytes: 65_537 }])(
    '%j is out of bounds',
    async (query) => {
      await demo.open();
      expect((await demo.fault('flood', query)).status).toBe(400);
    },
  );

  test('without a line there is nothing to flood', async () => {
    expect((await demo.fault('flood')).status).toBe(409);
  });
});
