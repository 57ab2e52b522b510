import { describe, expect, it } from 'vitest';
import { Listeners } from '../../../js/src/server/listeners.js';
import { uncaught } from '../../support/uncaught.js';

describe('Listeners', () => {
  it('tells all of them, in the order in which they came', () => {
    const listeners = new Listeners<[string, number]>();
    const heard: string[] = [];
    listeners.add((word, count) => heard.push(`a ${word} ${count}`));
    listeners.add((word, count) => heard.push(`b ${word} ${count}`));
    listeners.call('news', 1);
    expect(heard).toEqual(['a news 1', 'b news 1']);
  });

  it('lets all hear of the first thing before the second, which one of them has caused', () => {
    const listeners = new Listeners<[number]>();
    const heard: string[] = [];
    listeners.add((count) => {
      heard.push(`a ${count}`);
      if (count < 3) listeners.call(count + 1);
    });
    listeners.add((count) => heard.push(`b ${count}`));
    listeners.call(1);
    expect(heard).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'a 3', 'b 3']);
  });

  it('tells who comes meanwhile only of what happens from then on', () => {
    const listeners = new Listeners<[number]>();
    const heard: number[] = [];
    const stop = listeners.add((count) => {
      stop();
      listeners.call(count + 1);
      listeners.add((later) => heard.push(later));
      listeners.call(count + 2);
    });
    listeners.call(1);
    expect(heard).toEqual([3]);
  });

  it('tells nobody who has stopped, even if that was just before their turn', () => {
    const listeners = new Listeners<[]>();
    const heard: string[] = [];
    let stop = () => {};
    listeners.add(() => {
      stop();
      stop();
    });
    stop = listeners.add(() => heard.push('stopped'));
    listeners.call();
    expect(heard).toEqual([]);
    expect(listeners.size).toBe(1);
  });

  it('tells a function twice that listens twice', () => {
    const listeners = new Listeners<[]>();
    let count = 0;
    const listener = () => {
      count++;
    };
    const stop = listeners.add(listener);
    listeners.add(listener);
    listeners.call();
    stop();
    listeners.call();
    expect(count).toBe(3);
  });

  it('goes on when one of them throws, which becomes an uncaught exception', async () => {
    const listeners = new Listeners<[]>();
    const fault = new Error('a fault of a listener');
    let heard = 0;
    listeners.add(() => {
      throw fault;
    });
    listeners.add(() => {
      heard++;
    });
    expect(await uncaught(async () => listeners.call())).toEqual([fault]);
    expect(heard).toBe(1);
  });

  it('has nobody after it was cleared', () => {
    const listeners = new Listeners<[]>();
    let heard = 0;
    listeners.add(() => listeners.clear());
    listeners.add(() => {
      heard++;
    });
    listeners.call();
    expect([listeners.size, heard]).toEqual([0, 0]);
  });
});
