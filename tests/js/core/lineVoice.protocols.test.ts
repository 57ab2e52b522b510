import { expect, it } from 'vitest';
import { LineTrouble } from '../../../js/src/core/lineTrouble.js';
import { type AnsweredCore, LineVoice } from '../../../js/src/core/lineVoice.js';

const SOCKET = 7;

/** What the core is told when it asks a user for a URL who says these subprotocols. */
function answersOf(protocols?: () => readonly string[]): unknown[] {
  const answers: unknown[] = [];
  const core = {
    protocols: (offered: string) => answers.push(offered),
    urlReady: (_socket: number, url: string) => answers.push(url),
  };
  const user = { url: () => 'ws://host/', options: () => ({}), ...(protocols && { protocols }) };
  new LineVoice(user, core as unknown as AnsweredCore, new LineTrouble()).askUrl(SOCKET);
  return answers;
}

it('says the subprotocols of an attempt before its URL, which opens the socket', () => {
  expect(answersOf(() => ['ticket-1', 'chat'])).toEqual(['ticket-1,chat', 'ws://host/']);
  expect(answersOf(() => [])).toEqual(['', 'ws://host/']);
});

it('says nothing of them where they are settled', () => {
  expect(answersOf()).toEqual(['ws://host/']);
});
