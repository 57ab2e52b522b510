import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LineTrouble } from '../../../js/src/core/lineTrouble.js';
import type { LineUrl } from '../../../js/src/core/lineUrl.js';
import { type AnsweredCore, LineVoice } from '../../../js/src/core/lineVoice.js';
import { type UserOptions, userAt } from '../../support/sessionUser.js';
import { turns } from '../../support/until.js';

const SOCKET = 7;
/** What the core was answered, in order. */
let answers: unknown[][];
let trouble: LineTrouble;

beforeEach(() => {
  answers = [];
  trouble = new LineTrouble();
});

function voiceOf(url: () => LineUrl = () => 'ws://host/', options: UserOptions = {}): LineVoice {
  const note =
    (name: string) =>
    (...of: unknown[]) =>
      void answers.push([name, ...of]);
  const core: AnsweredCore = {
    urlReady: note('url'),
    protocols: note('protocols'),
    urlFailed: note('no url'),
    credentials: note('credentials'),
    pingSent: note('ping'),
    waitFor: note('wait'),
  };
  return new LineVoice(userAt(url, options), core, trouble);
}

/** The error that a line which waits shows. */
function shown(): string | undefined {
  const [kind, status, reason, attempt, retryAt, error] = ['status', 'waiting', null, 1, 1, null];
  const record = { kind, status, reason, attempt, retryAt, error } as const;
  const explained = trouble.explain(record as Parameters<LineTrouble['explain']>[0], undefined);
  return explained.kind === 'status' ? explained.error?.message : undefined;
}

describe('askUrl', () => {
  it('answers at once with a text, or with what a function says', () => {
    voiceOf().askUrl(SOCKET);
    voiceOf(() => () => 'http://host/?token=1').askUrl(SOCKET);
    expect(answers).toEqual([
      ['url', SOCKET, 'ws://host/'],
      ['url', SOCKET, 'ws://host/?token=1'],
    ]);
  });

  it('answers later with what a function promises', async () => {
    const voice = voiceOf(() => async () => 'ws://host/later');
    voice.askUrl(SOCKET);
    expect(answers).toEqual([]);
    await turns(1);
    expect(answers).toEqual([['url', SOCKET, 'ws://host/later']]);
    expect(voice.url).toBe('ws://host/later');
  });

  it.each([
    ['throws', () => thrown('signed out')],
    ['gives a function that throws', () => () => thrown('signed out')],
    ['rejects', () => () => Promise.reject(new Error('signed out'))],
  ] as const)('answers that there is none when who is asked %s', async (_, url) => {
    voiceOf(url as () => LineUrl).askUrl(SOCKET);
    await turns(1);
    expect(answers).toEqual([['no url', SOCKET, false]]);
    expect(shown()).toContain('the URL could not be had (signed out)');
  });

  it('answers for good with what is no URL, and does not show it', async () => {
    const secret = 'ws://:bad:?token=secret';
    voiceOf(() => secret).askUrl(SOCKET);
    voiceOf(() => async () => 5 as unknown as string).askUrl(SOCKET);
    await turns(1);
    expect(answers).toEqual([
      ['no url', SOCKET, true],
      ['no url', SOCKET, true],
    ]);
    expect(shown()).not.toContain('secret');
  });

  it.each([
    ['is abandoned', (voice: LineVoice) => voice.stopAsking()],
    ['has a successor', (voice: LineVoice) => voice.askUrl(SOCKET + 1)],
  ])('says nothing late, good or bad, once the attempt %s', async (_, leave) => {
    const asked: [(url: string) => void, (error: Error) => void][] = [];
    const url = () => () => new Promise<string>((...ends) => void asked.push(ends));
    for (const end of [0, 1] as const) {
      const voice = voiceOf(url);
      voice.askUrl(SOCKET);
      const ends = asked.at(-1);
      leave(voice);
      if (end === 0) ends?.[0]('ws://host/old');
      else ends?.[1](new Error('old'));
      await turns(1);
      expect(voice.url).toBe('');
    }
    expect(answers).toEqual([]);
    expect(shown()).toBeUndefined();
  });
});

describe('askCredentials', () => {
  it('is answered at once without auth: what a URL function says may be new', () => {
    voiceOf().askCredentials(SOCKET);
    expect(answers).toEqual([['credentials', SOCKET, true]]);
  });

  it('is answered once they have been renewed', async () => {
    const refresh = vi.fn();
    voiceOf(undefined, { auth: { refresh } }).askCredentials(SOCKET);
    expect(answers).toEqual([]);
    await turns(1);
    expect(refresh).toHaveBeenCalledOnce();
    expect(answers).toEqual([['credentials', SOCKET, true]]);
  });

  it('shares one run among the lines that have the same function', async () => {
    const refresh = vi.fn(async () => {});
    for (const socket of [1, 2]) voiceOf(undefined, { auth: { refresh } }).askCredentials(socket);
    await turns(1);
    expect(refresh).toHaveBeenCalledOnce();
    expect(answers).toEqual([
      ['credentials', 1, true],
      ['credentials', 2, true],
    ]);
  });

  it('says that they could not be renewed, and shows why', async () => {
    const refresh = () => Promise.reject(new Error('offline'));
    voiceOf(undefined, { auth: { refresh } }).askCredentials(SOCKET);
    await turns(1);
    expect(answers).toEqual([['credentials', SOCKET, false]]);
    expect(shown()).toContain('the credentials could not be renewed (offline)');
  });

  it('shows nothing of a rejection that nobody waits for any more', async () => {
    const refresh = () => Promise.reject(new Error('offline'));
    const voice = voiceOf(undefined, { auth: { refresh } });
    voice.askCredentials(SOCKET);
    voice.stopAsking();
    await turns(1);
    expect(answers).toEqual([]);
    expect(shown()).toBeUndefined();
  });
});

describe('greet and ping', () => {
  const socket = { readyState: 1, send: vi.fn() };
  const raw = socket as unknown as WebSocket;
  const bytes = Uint8Array.of(1);

  beforeEach(() => {
    socket.readyState = 1;
    socket.send.mockClear();
  });

  it.each([
    ['a text', 'hi', [['hi']]],
    ['bytes', bytes, [[bytes]]],
    ['what a function says', () => 'asked', [['asked']]],
    ['nothing when a function says nothing', () => undefined, []],
    ['nothing by default', undefined, []],
  ])('say hello with %s', (_, hello, sent) => {
    voiceOf(undefined, { hello }).greet(raw);
    expect(socket.send.mock.calls).toEqual(sent);
  });

  it('send nothing when who says hello throws', () => {
    const voice = voiceOf(undefined, { hello: () => thrown('no user') });
    expect(() => voice.greet(raw)).toThrow('no user');
    expect(socket.send).not.toHaveBeenCalled();
  });

  it.each([
    ['null', null],
    ['number', 5],
    ['object', Promise.resolve('late')],
  ])('send nothing when the function says what is no message: %s', (type, said) => {
    const saying = () => said as unknown as string;
    const voice = voiceOf(undefined, { hello: saying, heartbeat: { message: saying } });
    expect(() => voice.greet(raw)).toThrow('hello must give a string');
    expect(() => voice.ping(SOCKET, raw)).toThrow(`or a view, not ${type}.`);
    expect(socket.send).not.toHaveBeenCalled();
    expect(answers).toEqual([]);
  });

  it.each([
    ['ping by default', true, 'ping'],
    ['ping without a message', {}, 'ping'],
    ['a message', { message: bytes }, bytes],
    ['what a function says', { message: () => 'asked' }, 'asked'],
  ])('ping with %s, and tell that it has left', (_, heartbeat, sent) => {
    voiceOf(undefined, { heartbeat }).ping(SOCKET, raw);
    expect(socket.send.mock.calls).toEqual([[sent]]);
    expect(answers).toEqual([['ping', SOCKET]]);
  });

  it('do not tell of a ping that has not left: who says it threw', () => {
    const voice = voiceOf(undefined, { heartbeat: { message: () => thrown('no ping') } });
    expect(() => voice.ping(SOCKET, raw)).toThrow('no ping');
    expect(answers).toEqual([]);
  });

  it('do not tell of a ping that has not left: the socket refused it', () => {
    socket.send.mockImplementationOnce(() => thrown('no such value'));
    expect(() => voiceOf().ping(SOCKET, raw)).toThrow('no such value');
    expect(answers).toEqual([]);
  });

  it('send no ping on a socket that is closing, and let its answer be missed', () => {
    const voice = voiceOf(undefined, { heartbeat: true });
    socket.readyState = 2;
    voice.ping(SOCKET, raw);
    expect(socket.send).not.toHaveBeenCalled();
    expect(answers).toEqual([['ping', SOCKET]]);
  });
});

describe('isReply', () => {
  const event = new MessageEvent('message', { data: 'pong' });
  const isReply = (heartbeat: UserOptions['heartbeat']) =>
    voiceOf(undefined, { heartbeat }).isReply(event);

  it('compares a value with the data, and asks a function about the message', () => {
    const asked = vi.fn((message: MessageEvent) => message.data === 'pong');
    expect(isReply({ returnMessage: 'pong' })).toBe(true);
    expect(isReply({ returnMessage: 'other' })).toBe(false);
    expect(isReply({ returnMessage: asked })).toBe(true);
    expect(asked).toHaveBeenCalledExactlyOnceWith(event);
  });

  it('is nothing without a returnMessage: then any message is an answer', () => {
    expect([isReply(undefined), isReply(false), isReply(true), isReply({})]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

function thrown(message: string): never {
  throw new Error(message);
}
