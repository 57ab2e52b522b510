import { describe, expect, it } from 'vitest';
import { shielded } from '../../../js/src/core/shielded.js';

describe('shielded', () => {
  it('runs the code at once', () => {
    const ran: string[] = [];
    shielded(() => ran.push('code'));
    ran.push('after');
    expect(ran).toEqual(['code', 'after']);
  });

  it('hands what was thrown to the page and not to its caller', async () => {
    const thrown = new Error('of the application');
    const reached = new Promise((resolve) => process.once('unhandledRejection', resolve));
    shielded(() => {
      throw thrown;
    });
    expect(await reached).toBe(thrown);
  });
});
