import type { Handlers } from './handlers.js';

const LENGTH_MAX = 256;

/** @throws TypeError for a user without a name. */
export function userName({ userId }: Pick<Handlers<unknown>, 'userId'>, user: unknown): string {
  const name = userId ? userId(user) : ownName(user);
  const text = typeof name === 'number' ? String(name) : name;
  if (typeof text === 'string' && text !== '' && text.length <= LENGTH_MAX) return text;
  throw new TypeError(
    'openline: a user has no name; authenticate returns a string or an object with an `id`, ' +
      `or else give userId: (user) => string, of 1 to ${LENGTH_MAX} characters`,
  );
}

function ownName(user: unknown): unknown {
  if (typeof user !== 'object' || user === null) return user;
  return Reflect.get(user, 'id');
}
