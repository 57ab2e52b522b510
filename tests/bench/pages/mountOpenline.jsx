import { useWebSocket } from 'openline/react';
import { useEffect } from 'react';
import { measure, mounted, received } from './mountProbe.js';

function Greeting({ url }) {
  const { status } = useWebSocket(url, { onMessage: received });
  useEffect(mounted, []);
  return <p>{status}</p>;
}

measure(Greeting);
