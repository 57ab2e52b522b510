import { useEffect, useState } from 'react';
import { measure, mounted, received } from './mountProbe.js';

function Greeting({ url }) {
  const [status, setStatus] = useState('connecting');
  useEffect(() => {
    mounted();
    const socket = new WebSocket(url);
    socket.onopen = () => setStatus('open');
    socket.onmessage = received;
    return () => socket.close();
  }, [url]);
  return <p>{status}</p>;
}

measure(Greeting);
