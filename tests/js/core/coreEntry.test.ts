import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { CoreLineConfig } from '../../../js/src/core/core.js';
import { CoreEntry, type Instance, type LineOfInstance } from '../../../js/src/core/coreEntry.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { PageSignals } from '../../../js/src/core/pageSignals.js';
import { coreModule } from '../../support/coreModule.js';
import { nowhere, userAt } from '../../support/sessionUser.js';

const line: LineOfInstance = { stop: vi.fn() };
const config: CoreLineConfig = {
  ...resolveOptions({ protocols: ['a', 'b'] }),
  binaryType: 'arraybuffer',
  user: userAt(nowhere),
};
let instance: Instance;

beforeEach(async () => {
  const lines = new Map<number, LineOfInstance>();
  const abi = await Abi.start(await coreModule(), {
    openline: () => undefined,
    openlineNow: () => performance.now(),
    onAbort: () => {},
  });
  instance = { abi, lines, page: new PageSignals(), stop: vi.fn(() => lines.clear()) };
});

describe('CoreEntry', () => {
  it('makes the line in the core, and the instance knows it', () => {
    const create = vi.spyOn(instance.abi, 'lineCreate');
    const entry = new CoreEntry(instance, config, line);
    expect(create).toHaveBeenCalledExactlyOnceWith(config.values, 'a,b', 1);
    expect([...instance.lines.values()]).toEqual([line]);
    expect(entry.isOpen).toBe(true);
  });

  it('makes none with an option out of range, and says which', () => {
    const values = config.values.with(7, 0);
    expect(() => new CoreEntry(instance, { ...config, values }, line)).toThrow(
      new TypeError('openline: option 7 is out of range'),
    );
    expect(instance.lines.size).toBe(0);
  });

  it('leads into the core with the id of the line, and brings its answer back', () => {
    const entry = new CoreEntry(instance, config, line);
    const [id] = instance.lines.keys();
    expect(entry.enter((abi, of) => [abi, of])).toEqual([instance.abi, id]);
  });

  it('counts how often it leads to the connection, and not to the states', () => {
    const entry = new CoreEntry(instance, config, line);
    const [id] = instance.lines.keys();
    expect(entry.states.enter((abi, of) => [abi, of])).toEqual([instance.abi, id]);
    expect(entry.entries).toBe(0);
    entry.pump();
    entry.enter(() => {});
    expect(entry.entries).toBe(2);
  });

  it('passes on sends, adoptions, the binary type and what the core says', () => {
    const entry = new CoreEntry(instance, config, line);
    const binaryType = vi.spyOn(instance.abi, 'lineSetBinaryType');
    entry.setBinaryType('blob');
    expect(binaryType.mock.calls[0]?.[1]).toBe(0);
    expect(entry.send(1, 3, false)).toBe(2);
    expect(entry.adopt(1, 3, 0)).toBe(1);
    entry.enter((abi, of) => abi.lineOpen(of));
    expect(entry.pump().length).toBeGreaterThan(0);
    expect(entry.pump()).toEqual([]);
  });

  it('ends the instance when a call traps, and is shut from then on', () => {
    const entry = new CoreEntry(instance, config, line);
    const trap = new WebAssembly.RuntimeError('unreachable');
    const enter = vi.fn(() => {
      throw trap;
    });
    expect(entry.enter(enter)).toBeUndefined();
    expect(instance.stop).toHaveBeenCalledExactlyOnceWith(trap);
    expect(entry.isOpen).toBe(false);
    entry.enter(enter);
    expect(enter).toHaveBeenCalledOnce();
    expect([entry.send(1, 1, true), entry.adopt(1, 1, 0)]).toEqual([undefined, undefined]);
    expect(entry.pump()).toEqual([]);
  });

  it('is shut once the line has left, which it may do twice', () => {
    const entry = new CoreEntry(instance, config, line);
    const destroyed = vi.spyOn(instance.abi, 'lineDestroy');
    entry.leave();
    entry.leave();
    expect(destroyed).toHaveBeenCalledOnce();
    expect(entry.isOpen).toBe(false);
    expect(instance.lines.size).toBe(0);
    expect(instance.stop).not.toHaveBeenCalled();
  });
});
