/** A close event; Node 20 has no constructor for one. */
export function closeEvent(details: {
  code: number;
  wasClean: boolean;
  reason: string;
}): CloseEvent {
  const { code, wasClean, reason } = details;
  if (typeof CloseEvent === 'function') return new CloseEvent('close', { code, wasClean, reason });
  return Object.assign(new Event('close'), { code, wasClean, reason }) as CloseEvent;
}
