import { describe, expect, it } from 'vitest';
import type { Publications, Settlement } from '../../../js/src/index.js';
import type { ChildServer } from './support/childServer.js';
import { BoardJudge, GapJudge, HeardJudge, LogJudge } from './support/judges.js';
import { LoadJudge } from './support/loadJudge.js';
import { Sender, takenAfter } from './support/sender.js';

// A judge that sees nothing would let everything pass.

function batchOf<T extends { readonly n: number }>(
  values: readonly T[],
  last = values.at(-1)?.n ?? 0,
): Publications<T> {
  const tail = (): Publications<T> => batch;
  const bytes = new Uint8Array();
  const known = { count: values.length, epoch: 'e', last, bytes, run: 0, skip: 0 };
  const batch = { ...known, values: () => values, tail };
  return batch;
}

const numbers = (...all: number[]) => batchOf(all.map((n) => ({ n })));

/** What a judge says of what it is given. */
function saidOf<J>(make: (blame: (what: string) => void) => J, given: (judge: J) => void) {
  const said: string[] = [];
  given(make((what) => said.push(what)));
  return said;
}

describe('the judge of a log', () => {
  const said = (...runs: number[][]) =>
    saidOf(
      (blame) => new LogJudge(blame, ['e', 10]),
      (judge) => {
        for (const run of runs) judge.take(numbers(...run));
      },
    );

  it.each([
    { what: 'nothing of what is right', runs: [[11, 12], [13]], says: [] },
    { what: 'a loss at the start', runs: [[12]], says: ['12 came after 10'] },
    { what: 'a loss', runs: [[11], [13]], says: ['13 came after 11'] },
    { what: 'a double', runs: [[11], [11]], says: ['11 came after 11'] },
    { what: 'an order', runs: [[11, 13, 12]], says: ['13 came after 11', '12 came after 13'] },
  ])('tells $what', ({ runs, says }) => {
    expect(said(...runs)).toEqual(says);
  });

  it('tells a batch whose position is wrong', () => {
    const take = (judge: LogJudge) => judge.take(batchOf([{ n: 11 }], 12));
    expect(saidOf((blame) => new LogJudge(blame, ['e', 10]), take)).toHaveLength(1);
  });
});

describe('the judge of a board', () => {
  const row = (n: number, key: string) => ({ n, key });

  it('lets rows be left out that are replaced, and tells those that are not', () => {
    const said = saidOf(
      (blame) => new BoardJudge(blame),
      (judge) => {
        judge.take(batchOf([row(2, 'a'), row(5, 'b')]));
        judge.close(
          new Map([
            ['a', 2],
            ['b', 6],
          ]),
        );
      },
    );
    expect(said).toEqual(["'b' is 5 and should be 6"]);
  });

  it('tells what comes twice', () => {
    const said = saidOf(
      (blame) => new BoardJudge(blame),
      (judge) => judge.take(batchOf([row(2, 'a'), row(2, 'a')])),
    );
    expect(said).toEqual(['2 came after 2']);
  });
});

describe('the judge of gaps', () => {
  const said = (given: (judge: GapJudge) => void) =>
    saidOf((blame) => new GapJudge(blame, ['e', 10]), given);

  it('lets a gap pass that was reported', () => {
    const given = (judge: GapJudge) => {
      judge.take(numbers(11));
      judge.resync(['e', 20]);
      judge.stand(['e', 25]);
      judge.take(numbers(26, 27));
    };
    expect(said(given)).toEqual([]);
  });

  it.each([
    { fault: 'a gap without a report', given: (judge: GapJudge) => judge.take(numbers(12)) },
    {
      fault: 'a second report',
      given: (judge: GapJudge) => {
        judge.resync(['e', 20]);
        judge.resync(['e', 21]);
      },
    },
    { fault: 'a report without a gap', given: (judge: GapJudge) => judge.resync(['e', 10]) },
    {
      fault: 'a report behind which nothing is missing',
      given: (judge: GapJudge) => {
        judge.resync(['e', 20]);
        judge.stand(['e', 10]);
      },
    },
    {
      fault: 'publications before a new position',
      given: (judge: GapJudge) => {
        judge.resync(['e', 20]);
        judge.take(numbers(11));
      },
    },
  ])('tells $fault', ({ given }) => {
    expect(said(given)).toHaveLength(1);
  });
});

describe('the judge of what handlers published', () => {
  const said = (...all: number[]) =>
    saidOf(
      (blame) => new HeardJudge(blame, takenAfter),
      (judge) => {
        judge.take(batchOf(all.map((n) => ({ n, user: 'ada' }))));
        judge.close('ada', 98);
      },
    );
  const upTo96 = Array.from({ length: 96 }, (_, i) => i + 1);

  it.each([
    { what: 'nothing where one was rejected', all: [...upTo96, 98], count: 0 },
    { what: 'one that was rejected and published', all: [...upTo96, 97, 98], count: 1 },
    { what: 'one that is missing at the end', all: upTo96, count: 1 },
    { what: 'one that came twice', all: [...upTo96, 96, 98], count: 1 },
  ])('tells $what', ({ all, count }) => {
    expect(said(...all)).toHaveLength(count);
  });
});

describe('the judge of settlements', () => {
  it.each<{ what: string; settlement: Settlement; count: number }>([
    { what: 'nothing of an ack', settlement: { outcome: 'acked', value: { n: 1 } }, count: 0 },
    {
      what: 'nothing of a lost reply',
      settlement: { outcome: 'acked', value: undefined },
      count: 0,
    },
    {
      what: 'the reply of another one',
      settlement: { outcome: 'acked', value: { n: 2 } },
      count: 1,
    },
    { what: 'an unknown end', settlement: { outcome: 'unknown' }, count: 1 },
  ])('tells $what', async ({ settlement, count }) => {
    const said: string[] = [];
    const settled = Promise.resolve(settlement);
    const sender = new Sender(
      () => ({ state: 'sent', settled }),
      (what) => said.push(what),
    );
    sender.sendNext();
    await settled;
    await settled;
    expect(said).toHaveLength(count);
    expect(sender).toMatchObject({ sent: 1, settled: 1 });
  });
});

describe('the judge of loads', () => {
  // Keys 1 to 3 in turn, one publication a ms; the log is numbered likewise.
  const keys = [1, 2, 3, 1, 2, 3];
  const truth = {
    board: keys.flatMap((key, i) => [key, Math.floor(i / 3) + 1]),
    boardAt: keys.map((_, i) => i * 100),
    log: keys.map((_, i) => i + 1),
  };
  const server = { ask: async () => truth } as unknown as ChildServer;
  const loaded = {
    board: { value: [{ key: 1, version: 1 }], at: ['e', 1] as const },
    log: { value: [{ id: 1 }, { id: 2 }], at: ['e', 2] as const },
  };
  const right = {
    ...{ board: [2, 1, 3, 1, 1, 2, 2, 2, 3, 2], boardTo: 6, log: [3, 4, 5, 6], logTo: 6 },
    ...{ grantedAt: 100, resyncs: 0, errors: [] },
  };
  const faultsOf = async (reading: Partial<typeof right>, from = loaded) =>
    (await new LoadJudge(server).judge(from, { ...right, ...reading })).faults;

  it('finds nothing wrong with what is right', async () => {
    expect(await faultsOf({})).toEqual([]);
    // What was replaced before the line was there need not come.
    expect(await faultsOf({ board: [1, 2, 2, 2, 3, 2], grantedAt: 500 })).toEqual([]);
  });

  it.each([
    { fault: 'a row that is missing', reading: { board: [2, 1, 1, 2, 2, 2, 3, 2] } },
    { fault: 'the newest row missing', reading: { board: [2, 1, 3, 1, 1, 2, 2, 2] } },
    { fault: 'a row that comes twice', reading: { board: [2, 1, 2, 1, ...right.board.slice(2)] } },
    { fault: 'an entry that is missing', reading: { log: [3, 5, 6] } },
    { fault: 'an entry that comes twice', reading: { log: [3, 4, 4, 5, 6] } },
    { fault: 'a resync', reading: { resyncs: 1 } },
  ])('tells $fault', async ({ reading }) => {
    expect(await faultsOf(reading)).not.toEqual([]);
  });

  it('tells a loader that read its data before its position', async () => {
    const log = { value: [{ id: 1 }], at: ['e', 2] as const };
    expect(await faultsOf({}, { ...loaded, log })).toEqual([
      'log: entry 2 was published before the snapshot and is not in it',
    ]);
  });
});
