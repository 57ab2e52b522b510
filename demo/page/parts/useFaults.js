import { useEffect, useMemo, useState } from 'react';

/** Asks the server for faults, for this visitor alone, and knows which of them still last. */
export function useFaults(client, record, status) {
  const [problem, setProblem] = useState('');
  const [stallEndsAt, setStallEndsAt] = useLapsing();
  const [refusalEndsAt, setRefusalEndsAt] = useLapsing();

  // A stall lies upon a connection: whatever becomes of that, the next one is healthy.
  useEffect(() => {
    if (status !== 'closing') setStallEndsAt(null);
  }, [status, setStallEndsAt]);

  const actions = useMemo(() => {
    async function ask(name, parameters, said) {
      setProblem('');
      // Noted before it is done: the line's own events may be here before the answer is.
      if (said) record.note(said, 'you');
      try {
        return await post(client, name, parameters);
      } catch (error) {
        setProblem(error.message);
        return null;
      }
    }
    return {
      cut: () => ask('cut', {}, 'You cut the line.'),
      async stall(seconds) {
        const isDone = await ask('stall', { seconds }, `You stalled the server for ${seconds} s.`);
        if (isDone) setStallEndsAt(Date.now() + seconds * 1000);
      },
      async resume() {
        if (await ask('resume', {}, 'You ended the stall.')) setStallEndsAt(null);
      },
      /** A refusal concerns new calls only, so the line is cut to make it call. */
      async refuse(seconds) {
        const said = `You cut the line and refuse it for ${seconds} s.`;
        if (!(await ask('refuse', { seconds }, said))) return;
        setRefusalEndsAt(Date.now() + seconds * 1000);
        await ask('cut', {});
      },
      async accept() {
        if (await ask('accept', {}, 'You ended the refusal.')) setRefusalEndsAt(null);
      },
      close: (code, reason) => ask('close', { code, reason }, `You closed it with ${code}.`),
      async flood(count) {
        const flood = await ask(
          'flood',
          { count },
          `You asked for ${count.toLocaleString('en')} messages.`,
        );
        if (flood) record.floodBegan(flood);
      },
    };
  }, [client, record, setStallEndsAt, setRefusalEndsAt]);

  return { ...actions, problem, stallEndsAt, refusalEndsAt };
}

/** An instant that turns null by itself when it has come. */
function useLapsing() {
  const [instant, setInstant] = useState(null);
  useEffect(() => {
    if (instant === null) return undefined;
    const timer = setTimeout(() => setInstant(null), instant - Date.now());
    return () => clearTimeout(timer);
  }, [instant]);
  return [instant, setInstant];
}

async function post(client, name, parameters) {
  const query = new URLSearchParams({ client, ...parameters });
  let response;
  try {
    response = await fetch(`/fault/${name}?${query}`, { method: 'POST' });
  } catch {
    throw new Error('The demo server cannot be reached. Is it still running?');
  }
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}
