import { beforeEach, describe, expect, test } from 'vitest';
import { Pulse, timeoutMs } from '../../../../demo/page/record/pulse.js';

let now;
let pulse;
let ask;

beforeEach(() => {
  now = 1_000;
  pulse = new Pulse(() => now);
  const { message } = pulse.heartbeat(() => {});
  ask = message;
});

describe('pulse', () => {
  test('before anything came in nothing was heard', () => {
    expect(pulse.snapshot()).toEqual({ heardAt: null, askedAt: null, asked: 0, answered: 0 });
  });

  test('a ping waits for its echo, which is told from messages', () => {
    const ping = ask();
    expect(pulse.snapshot()).toMatchObject({ askedAt: 1_000, asked: 1, answered: 0 });
    now = 1_030;
    expect(pulse.heard(ping)).toBe(true);
    expect(pulse.snapshot()).toEqual({ heardAt: 1_030, askedAt: null, asked: 1, answered: 1 });
  });

  test('a message is a sign of life too, and answers no ping', () => {
    ask();
    expect(pulse.heard('{"seq":1,"text":"ping"}')).toBe(false);
    expect(pulse.snapshot()).toMatchObject({ heardAt: 1_000, askedAt: null, answered: 0 });
  });

  test('whoever gives the message learns of each ping', () => {
    let pings = 0;
    const heartbeat = new Pulse(() => now).heartbeat(() => {
      pings += 1;
    });
    heartbeat.message();
    expect(pings).toBe(1);
  });

  test('a connection that ends when the answer is overdue was given up for dead', () => {
    ask();
    now += timeoutMs;
    expect(pulse.ended()).toBe(true);
    expect(pulse.snapshot().askedAt).toBeNull();
    expect(pulse.ended()).toBe(false);
  });

  test('a new connection begins to count anew, and is a sign of life', () => {
    ask();
    now = 2_000;
    pulse.opened();
    expect(pulse.snapshot()).toEqual({ heardAt: 2_000, askedAt: null, asked: 0, answered: 0 });
  });

  test('one that ends sooner, or when all is answered, ended for another reason', () => {
    ask();
    now += timeoutMs / 2;
    expect(pulse.ended()).toBe(false);
    pulse.heard(ask());
    now += timeoutMs;
    expect(pulse.ended()).toBe(false);
  });
});
