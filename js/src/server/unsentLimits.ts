// What a connection may have unsent, in bytes (PROTOCOL.md, rule 21).

/** Above it a stream whose publications carry a key sends nothing until the socket has drained. */
export const keyedUnsentMax = 256 * 1024;

/** Above it no stream does. */
export const unsentMax = 1024 * 1024;

/** Above it a connection that stays there for `cutAfterMs` is cut (1013). */
export const cutAfterMs = 10_000;

/** Above it a connection is cut at once (1013). */
export const cutUnsentMax = 16 * 1024 * 1024;

/**
 * Above it a replay waits. Less than `unsentMax`, because a replay has frames of its own, and after
 * a restart all connections replay at once: 1,000 of them hold 256 MiB at most.
 */
export const replayUnsentMax = 256 * 1024;

/** A socket with no more than this unsent has drained. */
export const drainedUnsentMax = 64 * 1024;

/** A replay gives way to other work after so many bytes, though the socket takes everything. */
export const replayTurnBytesMax = 1024 * 1024;

/** A broker that does not know yet what it has passed on is asked again: 50 times, so for 1 s. */
export const fruitlessReadsMax = 50;
export const rereadMs = 20;
