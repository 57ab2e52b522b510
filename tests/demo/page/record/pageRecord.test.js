import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PageRecord } from '../../../../demo/page/record/pageRecord.js';

let record;
let options;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback) => setTimeout(callback, 16));
  record = new PageRecord();
  options = record.lineOptions;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What the page shows in the next frame. */
function seen() {
  vi.advanceTimersByTime(16);
  return record.store.getSnapshot();
}

const send = (state) => record.send('hello', () => ({ state }));
const newest = () => seen().log[0];

describe('pings', () => {
  test('neither a ping nor its echo is a message', () => {
    options.onOpen();
    const ping = record.heartbeat.message();
    options.onMessage({ data: ping });
    const { rows, counts, traffic, pulse } = seen();
    expect(rows).toEqual([]);
    expect(counts).toMatchObject({ sent: 0, echoed: 0, doubled: 0 });
    expect(traffic).toEqual({ out: 0, in: 0, pingsOut: 1, pingsIn: 1 });
    expect(pulse).toMatchObject({ asked: 1, answered: 1 });
  });

  test('a line that was given up for want of an answer says so', () => {
    options.onOpen();
    record.heartbeat.message();
    vi.advanceTimersByTime(2_500);
    options.onClose({ code: 1006, reason: '' });
    expect(newest()).toMatchObject({
      text: 'Given up as dead: no answer to a ping for 2.5 s.',
      tone: 'bad',
    });
  });

  test('one that was cut while a ping was under way is no such line', () => {
    options.onOpen();
    record.heartbeat.message();
    options.onClose({ code: 1006, reason: '' });
    expect(newest().text).toBe('Closed: 1006 (no goodbye).');
  });
});

describe('outages', () => {
  test('each is noted, and the last one is shown', () => {
    options.onOutage({ downMs: 1_500, unconfirmed: 0, recovered: false });
    expect(newest()).toMatchObject({ text: 'Back after 1.5 s.', tone: 'good' });
    options.onOutage({ downMs: 8_200, unconfirmed: 2, recovered: false });
    const { log, outage } = seen();
    expect(log[0].text).toBe('Back after 8.2 s. 2 messages may not have arrived.');
    expect(outage.downMs).toBe(8_200);
  });
});

describe('another line, since the heartbeat was switched', () => {
  test('what was on the old one is settled, and told', () => {
    send('sent');
    send('queued');
    record.heartbeat.message();
    record.heartbeatSwitched(false);
    const { rows, pending, pulse, log } = seen();
    expect(rows.map(({ state }) => state)).toEqual(['dropped', 'lost']);
    expect(pending).toEqual({ waiting: 0, sent: 0 });
    expect(pulse.askedAt).toBeNull();
    expect(log[0].text).toBe(
      'You switched the heartbeat off: another line. 1 that waited went with the old one.',
    );
  });

  test('when nothing waited, nothing is said of it', () => {
    record.heartbeatSwitched(true);
    expect(newest()).toMatchObject({
      text: 'You switched the heartbeat on: another line.',
      tone: 'you',
    });
  });
});

test('while credentials are renewed the page knows it', async () => {
  const renewed = options.auth.refresh();
  expect(seen().isRenewing).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  await renewed;
  expect(seen().isRenewing).toBe(false);
});
