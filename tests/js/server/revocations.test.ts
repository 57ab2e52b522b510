import { expect, it } from 'vitest';
import { Revocations } from '../../../js/src/server/revocations.js';

it('knows what began before a user was revoked', () => {
  const revocations = new Revocations(5_000);
  revocations.add('ada', 100);
  expect(revocations.isRevoked('ada', 99)).toBe(true);
  expect(revocations.isRevoked('ada', 100)).toBe(true);
  expect(revocations.isRevoked('ada', 101)).toBe(false);
  expect(revocations.isRevoked('eve', 0)).toBe(false);
});

it('forgets when no upgrade can be that old', () => {
  const revocations = new Revocations(5_000);
  for (let i = 0; i < 100; i += 1) revocations.add(`user ${i}`, i);
  revocations.add('ada', 5_050);
  expect(revocations.size).toBe(51);
  revocations.add('ada', 20_000);
  expect(revocations.size).toBe(1);
});
