import type { Action, Manner } from './actions.js';

// What once went wrong, as it was found: each is tried before the random ones.

const plain: Manner = {
  seed: 1,
  isLate: false,
  place: 'text',
  heartbeat: 'none',
  hello: false,
  refresh: 'none',
  attempts: Number.POSITIVE_INFINITY,
  hidden: 'keep',
  overflow: 'refuse',
  ttlMs: Number.POSITIVE_INFINITY,
  maxMessages: 1_000,
  maxBytes: 1_048_576,
  budget: 120,
};

export const regressions: [Manner, Action[]][] = [
  // What is sent in onDrop, before the core was there, overtook the message that was being sent.
  [
    { ...plain, isLate: true, ttlMs: 5_000 },
    [
      { do: 'send', what: 'text', keep: true, times: 1 },
      { do: 'listen', to: 'drop', and: 'send' },
      { do: 'pass', ms: 5_001 },
      { do: 'send', what: 'text', keep: true, times: 1 },
    ],
  ],
  // What is sent in onDrop after reconnect(), within close(), was dropped, and counted as queued.
  [
    { ...plain, isLate: true, ttlMs: 5_000 },
    [
      { do: 'send', what: 'text', keep: true, times: 1 },
      { do: 'pass', ms: 5_001 },
      { do: 'listen', to: 'drop', and: 'reconnect' },
      { do: 'close', code: undefined },
    ],
  ],
];
