import { CORE_PROBLEMS, type CoreFault } from './coreStates.js';
import { OpenlineError } from './openlineError.js';
import type { StateRef } from './stateRef.js';

type Problem = (typeof CORE_PROBLEMS)[number];

/** What is wrong with the message, and what to do. */
const WORDS: Readonly<Record<Problem, (ref: StateRef) => string>> = {
  syntax: () => 'is no JSON in UTF-8; send what JSON.stringify makes',
  depth: () => 'is nested deeper than 64 levels; send it flatter',
  'no-value': ({ spec }) =>
    `has nothing at ${pointer(spec.value)}; correct \`value\`, or let \`match\` pass it over`,
  'no-key': (ref) => `has a row without ${keyOf(ref)}; give each row one, or correct \`key\``,
  'bad-key': (ref) =>
    `has a row whose ${keyOf(ref)} is no string, and no number that JavaScript keeps exactly; ` +
    'make it a string',
  'not-object': () => "has a row to merge that is no object; send objects, or update: 'replace'",
  'too-large': () => 'is larger than `maxBytes`; send it in parts, or raise the limit',
  patch: () => 'is a patch that does not fit the document; publish a new snapshot of it',
  full: () => 'finds too many states or watched rows; read fewer at once',
};

/** Of a message that a state could not take: nothing of it was taken. */
export function faultError(ref: StateRef, [, number, at, offset]: CoreFault): OpenlineError {
  const problem = CORE_PROBLEMS[number] as Problem;
  const place = ref.stream === null ? 'a message' : `message ${offset} of stream '${ref.stream}'`;
  const byte = at === 0 ? '' : `, from byte ${at} on,`;
  const text = `state.${ref.name} cannot take ${place}: it${byte} ${WORDS[problem](ref)}`;
  return new OpenlineError('message', text);
}

export function moreFaultsError(count: number): OpenlineError {
  return new OpenlineError(
    'message',
    `${count} more messages could not be taken since the last flush; they are not told one by one`,
  );
}

function keyOf({ spec }: StateRef): string {
  return `key (${pointer('key' in spec ? spec.key : undefined)})`;
}

function pointer(text = ''): string {
  return JSON.stringify(text);
}
