import { beforeEach, describe, expect, test } from 'vitest';
import { Ledger, pendingMax, rowsMax } from '../../../../demo/page/record/ledger.js';

let now;
let ledger;

beforeEach(() => {
  now = 0;
  ledger = new Ledger(() => now);
});

const sent = () => ({ state: 'sent' });
const queued = () => ({ state: 'queued' });

function add(count, send = sent) {
  for (let n = 0; n < count; n += 1) ledger.add('hello', send);
}

const states = () =>
  ledger
    .rows()
    .map(({ state }) => state)
    .reverse();

describe('ledger', () => {
  test('each message has a number of its own, and goes out with it', () => {
    const wire = [];
    add(2, (text) => {
      wire.push(JSON.parse(text));
      return { state: 'sent' };
    });
    expect(wire).toEqual([
      { seq: 1, text: 'hello' },
      { seq: 2, text: 'hello' },
    ]);
  });

  test('an echo settles its message and tells how long it took', () => {
    add(1);
    now = 30;
    ledger.echo(1);
    expect(ledger.rows()[0]).toMatchObject({ state: 'echoed', tookMs: 30 });
    expect(ledger.counts).toMatchObject({ sent: 1, echoed: 1, lost: 0 });
    expect(ledger.pending).toEqual({ waiting: 0, sent: 0 });
  });

  test('what was queued waits, and is on its way once the line opens', () => {
    add(2, queued);
    expect(states()).toEqual(['waiting', 'waiting']);
    expect(ledger.opened()).toBe(2);
    expect(states()).toEqual(['sent', 'sent']);
  });

  test('a close loses what was on the wire, and not what waits', () => {
    add(2);
    add(1, queued);
    ledger.closed();
    expect(states()).toEqual(['lost', 'lost', 'waiting']);
    expect(ledger.counts.lost).toBe(2);
  });

  test('an echo that overtakes another one means that the other is lost', () => {
    add(3);
    ledger.echo(2);
    expect(states()).toEqual(['lost', 'echoed', 'sent']);
  });

  test('a message that comes after a later one is out of order, and lost no more', () => {
    add(2);
    ledger.echo(2);
    ledger.echo(1);
    expect(ledger.counts).toMatchObject({ echoed: 2, lost: 0, outOfOrder: 1, doubled: 0 });
  });

  test('a second echo is a double', () => {
    add(1);
    ledger.echo(1);
    ledger.echo(1);
    expect(ledger.counts).toMatchObject({ echoed: 1, doubled: 1, outOfOrder: 0 });
  });

  test('a refused message is shown with the reason, and counts as neither sent nor lost', () => {
    ledger.add('x', () => ({ state: 'refused', reason: new Error('The queue is full.') }));
    ledger.closed();
    expect(ledger.rows()[0]).toMatchObject({
      state: 'refused',
      reason: { message: 'The queue is full.' },
    });
    expect(ledger.counts).toMatchObject({ sent: 0, lost: 0, refused: 1 });
  });

  test('what the line gives back is dropped, and neither lost nor waiting', () => {
    add(2, queued);
    ledger.drop(1);
    ledger.drop(1);
    ledger.opened();
    ledger.closed();
    expect(states()).toEqual(['dropped', 'lost']);
    expect(ledger.counts).toMatchObject({ dropped: 1, lost: 1 });
    expect(ledger.pending).toEqual({ waiting: 0, sent: 0 });
  });

  test('another line: what is on the wire is lost, and what waits is gone with the old one', () => {
    add(1);
    add(2, queued);
    expect(ledger.replaced()).toBe(2);
    expect(states()).toEqual(['lost', 'dropped', 'dropped']);
    expect(ledger.counts).toMatchObject({ lost: 1, dropped: 2 });
    expect(ledger.pending).toEqual({ waiting: 0, sent: 0 });
  });

  test('the newest are shown first, and no more than fit', () => {
    for (let seq = 1; seq <= rowsMax + 50; seq += 1) {
      add(1);
      ledger.echo(seq);
    }
    const rows = ledger.rows();
    expect(rows).toHaveLength(rowsMax);
    expect(rows[0].seq).toBe(rowsMax + 50);
    expect(ledger.counts.sent).toBe(rowsMax + 50);
  });

  test('a second echo of a message that is shown no more is still a double', () => {
    for (let seq = 1; seq <= rowsMax + 50; seq += 1) {
      add(1);
      ledger.echo(seq);
    }
    ledger.echo(1);
    expect(ledger.counts.doubled).toBe(1);
  });

  test('what has no echo yet is not forgotten, however much follows', () => {
    add(rowsMax * 2, queued);
    ledger.opened();
    ledger.echo(1);
    expect(ledger.counts).toMatchObject({ echoed: 1, doubled: 0 });
  });

  test('too many without an echo: the next one is refused, and not handed over', () => {
    add(pendingMax);
    let isHandedOver = false;
    const state = ledger.add('one more', () => {
      isHandedOver = true;
      return { state: 'sent' };
    });
    expect(state).toBe('refused');
    expect(isHandedOver).toBe(false);
  });

  test('an entry keeps its identity until it changes', () => {
    add(2);
    const [second, first] = ledger.rows();
    ledger.echo(1);
    expect(ledger.rows()[0]).toBe(second);
    expect(ledger.rows()[1]).not.toBe(first);
  });
});
