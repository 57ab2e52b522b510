import { useEffect, useState } from 'react';

/** An answer that takes longer than this is worth a word. */
const patienceMs = 750;

/** True when what was asked at that instant (epoch milliseconds, or null) is long unanswered. */
export function useDoubt(askedAt) {
  const [doubted, setDoubted] = useState(null);
  useEffect(() => {
    if (askedAt === null) return undefined;
    const timer = setTimeout(() => setDoubted(askedAt), askedAt + patienceMs - Date.now());
    return () => clearTimeout(timer);
  }, [askedAt]);
  return askedAt !== null && doubted === askedAt;
}
