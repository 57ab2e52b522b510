import { describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import { nowhere } from '../../support/sessionUser.js';
import { expectStopped, trapIn, trappingLines } from '../../support/trappingLines.js';
import { uncaught } from '../../support/uncaught.js';
import { until } from '../../support/until.js';

// Lines whose core traps, and what comes after.

const { server, listener, becomes, lineTo } = trappingLines();

describe('a core that has stopped', () => {
  it('is followed by one fresh core for all its lines, which tell the outage', async () => {
    const [first, second] = [lineTo(), lineTo()];
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    second.send('x');
    const start = vi.spyOn(Abi, 'start');
    trapIn('linePump');
    first.open();
    for (const line of [first, second]) expectStopped(line);
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    expect(start).toHaveBeenCalledOnce();
    expect(first.snapshot.error).toBeNull();
    expect(listener.outages).toHaveLength(2);
    expect(listener.outages.map(({ unconfirmed }) => unconfirmed)).toEqual([0, 1]);
    for (const outage of listener.outages) {
      expect(outage).toMatchObject({ recovered: false, downMs: expect.any(Number) });
      expect(outage.downMs).toBeGreaterThanOrEqual(0);
    }
    await until(() => server.live === 2, 'the sockets of the one before are closed');
    expect(first.send('again').state).toBe('sent');
    await until(() => listener.messages.includes('again'), 'it came back');
  });

  it('tells no outage where there was no connection', async () => {
    const answers: ((url: string) => void)[] = [];
    const line = lineTo(() => () => new Promise<string>((resolve) => answers.push(resolve)));
    await until(() => answers.length === 1, 'the URL is asked for');
    trapIn('linePump');
    line.open();
    await until(() => answers.length === 2, 'the URL is asked for again');
    // What was asked for before it stopped is not waited for any more.
    answers[0]?.(`${server.url}/old`);
    answers[1]?.(`${server.url}/new`);
    await becomes(line, 'open');
    expect(server.connections.map(({ request }) => request.url)).toEqual(['/new']);
    expect(listener.outages).toEqual([]);
  });

  it('fails its lines when it is the fourth in a minute; reconnect() tries once more', async () => {
    const line = lineTo();
    for (let stops = 0; stops < 3; stops++) {
      await becomes(line, 'open');
      trapIn('linePump');
      line.open();
      expectStopped(line);
    }
    await becomes(line, 'open');
    trapIn('linePump');
    line.open();
    expect(line.snapshot).toMatchObject({ status: 'failed', reason: 'wasm' });
    expect(line.snapshot.error?.message).toContain('call reconnect()');
    line.reconnect();
    await becomes(line, 'open');
  });

  it('is not entered again by who is told of it', async () => {
    const [first, second] = [lineTo(), lineTo()];
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    const entered = vi.spyOn(Abi.prototype, 'lineReconnect');
    vi.spyOn(listener, 'changed').mockImplementation(() => {
      if (first.snapshot.error !== null && second.snapshot.status === 'open') {
        second.close(1000);
        expect(second.send('x').state).toBe('refused');
      }
    });
    trapIn('linePump');
    first.open();
    expectStopped(first);
    expect(entered).not.toHaveBeenCalled();
  });

  it('within a message event throws nothing at the page, and the message has come in', async () => {
    const [line, other] = [lineTo(), lineTo()];
    await Promise.all([becomes(line, 'open'), becomes(other, 'open')]);
    const errors = await uncaught(async () => {
      trapIn('lineReceive');
      line.send('x');
      await until(() => listener.outages.length === 2, 'both lines are open again');
    });
    expect(errors).toEqual([]);
    expect(listener.messages).toEqual(['x']);
    expect(listener.count('close')).toBe(2);
  });

  it('within the timer throws nothing at the page', async () => {
    const other = lineTo();
    await becomes(other, 'open');
    const errors = await uncaught(async () => {
      trapIn('lineWoken');
      lineTo(nowhere, { connectTimeoutMs: 1 });
      await until(() => listener.outages.length === 1, 'the other line is open again');
    });
    expect(errors).toEqual([]);
  });

  it('leaves a line that has failed as it is, until reconnect()', async () => {
    const [failed, other] = [lineTo(undefined, { reconnect: { attempts: 0 } }), lineTo()];
    await Promise.all([becomes(failed, 'open'), becomes(other, 'open')]);
    server.cut();
    await becomes(failed, 'failed');
    await becomes(other, 'open');
    trapIn('linePump');
    other.open();
    expect(failed.snapshot).toMatchObject({ status: 'failed', reason: 'attempts' });
    failed.reconnect();
    await becomes(failed, 'open');
  });
});
