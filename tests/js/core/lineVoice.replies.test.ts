import { expect, it } from 'vitest';
import type { Abi } from '../../../js/src/core/abi.js';
import { LineTrouble } from '../../../js/src/core/lineTrouble.js';
import { answeredBy, LineVoice } from '../../../js/src/core/lineVoice.js';
import { type UserOptions, userAt } from '../../support/sessionUser.js';

const LINE = 3;
const SOCKET = 7;

/** The calls of the core that the answers led to. */
function calledBy(answer: (core: ReturnType<typeof answeredBy>) => void): unknown[][] {
  const calls: unknown[][] = [];
  const get =
    (_: object, name: string | symbol) =>
    (...of: unknown[]) =>
      void calls.push([name, ...of]);
  const abi = new Proxy({}, { get }) as Abi;
  answer(answeredBy((use) => use(abi, LINE)));
  return calls;
}

it('a voice knows replies where the heartbeat says what one is', () => {
  const knows = (heartbeat: UserOptions['heartbeat']) => {
    const user = userAt(() => 'ws://host/', { heartbeat });
    return new LineVoice(
      user,
      answeredBy(() => {}),
      new LineTrouble(),
    ).knowsReplies;
  };
  expect(knows({ returnMessage: 'pong' })).toBe(true);
  expect(knows({ returnMessage: () => true })).toBe(true);
  expect([knows(undefined), knows(false), knows(true), knows({})]).not.toContain(true);
});

it('answers are calls of the core for the line', () => {
  expect(calledBy((core) => core.urlReady(SOCKET, 'ws://host/'))).toEqual([
    ['lineUrlReady', LINE, SOCKET, 'ws://host/'],
  ]);
  expect(calledBy((core) => core.protocols('a,b'))).toEqual([['lineSetProtocols', LINE, 'a,b']]);
  expect(calledBy((core) => core.urlFailed(SOCKET, true))).toEqual([
    ['lineUrlFailed', LINE, SOCKET, true],
  ]);
  expect(calledBy((core) => core.credentials(SOCKET, false))).toEqual([
    ['lineCredentials', LINE, SOCKET, false],
  ]);
  expect(calledBy((core) => core.pingSent(SOCKET))).toEqual([['linePingSent', LINE, SOCKET]]);
});
