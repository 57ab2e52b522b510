// @vitest-environment jsdom
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadCore } from '../../../js/src/core/loadCore.js';
import { fakeSocketClass } from '../../support/fakeSocket.js';
import { failOnComplaints } from '../../support/mount.js';
import { type Action, anyAction, anyManner, type Manner } from '../../support/property/actions.js';
import { lateCore } from '../../support/property/lateCore.js';
import { LineWorld } from '../../support/property/lineWorld.js';
import { ScriptedPage } from '../../support/property/page.js';
import { heal, leave, perform } from '../../support/property/perform.js';
import { regressions } from '../../support/property/regressions.js';
import { uncaught } from '../../support/uncaught.js';

// Whatever happens to a component with a line, in whatever order: its messages are where they must
// be, it has one live socket at most, it tells of itself what is true, it heals, and it leaves
// nothing behind. With the real core; the network, the page and the clock are played.
// `npm run property -- --runs 20000` tries more than the few runs of the tests.

const runs = Number(process.env['PROPERTY_RUNS'] ?? 300);
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_240_923);
const path = process.env['PROPERTY_PATH'];
const ACTIONS_MAX = 60;
const mount: Action = { do: 'mount' };

vi.mock('../../../js/src/core/loadCore.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../js/src/core/loadCore.js')>();
  const loadLate = () => lateCore.wait().then(() => original.loadCore());
  return { ...original, loadCore: loadLate };
});

failOnComplaints();
let page: ScriptedPage;

beforeAll(async () => {
  await loadCore();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Numbers in place of chance: the same for the same seed (Park and Miller). */
function chanceFrom(first: number) {
  let state = first;
  return <T extends ArrayBufferView>(bytes: T): T => {
    const each = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < each.length; i++) {
      state = (state * 48_271) % 2_147_483_647;
      each[i] = state & 255;
    }
    return bytes;
  };
}

async function live(manner: Manner, actions: readonly Action[]): Promise<void> {
  const world = new LineWorld(manner);
  if (manner.isLate) lateCore.hold();
  vi.stubGlobal('WebSocket', fakeSocketClass(world.network));
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(chanceFrom(manner.seed));
  const errors = await uncaught(async () => {
    for (const action of [mount, ...actions]) {
      perform(action, world, page);
      await world.settle();
      if (world.faults.length > 0) break;
    }
    if (world.faults.length === 0) await heal(world, page);
    await leave(world, page);
  });
  // What a listener throws reaches the page (that of jsdom keeps some of it to itself), and so does
  // a ping that the socket refuses; nothing else does.
  const others = errors.map(String).filter((text) => !/: (planned|no such value)$/.test(text));
  expect([...world.faults, ...others]).toEqual([]);
}

it('holds its promises whatever happens', { timeout: 3_600_000 }, async () => {
  page = new ScriptedPage();
  const actions = fc.array(anyAction, { maxLength: ACTIONS_MAX, size: 'max' });
  const property = fc.asyncProperty(anyManner, actions, live);
  const where = path === undefined ? {} : { path };
  await fc.assert(property, { numRuns: runs, seed, ...where, examples: regressions });
});
