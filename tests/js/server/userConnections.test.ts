import { expect, it } from 'vitest';
import { UserConnections } from '../../../js/src/server/userConnections.js';

function connection(userId: string, users: UserConnections) {
  const closed: number[] = [];
  const made = {
    userId,
    closed,
    close: (code: number) => {
      closed.push(code);
      users.remove(made); // as connections do
    },
  };
  return made;
}

it('closes the oldest of a user who has too many, and nobody else', () => {
  const users = new UserConnections(2);
  const eve = connection('eve', users);
  const ada = [1, 2, 3, 4].map(() => connection('ada', users));
  for (const one of [eve, ...ada]) users.add(one);
  expect(ada.map(({ closed }) => closed)).toEqual([[4409], [4409], [], []]);
  expect(eve.closed).toEqual([]);
  expect(users.of('ada')).toEqual(ada.slice(2));
});

it('forgets who has none', () => {
  const users = new UserConnections(2);
  const ada = connection('ada', users);
  users.add(ada);
  users.remove(ada);
  users.remove(ada);
  expect(users.of('ada')).toEqual([]);
});
