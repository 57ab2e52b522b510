import { useWebSocket } from 'openline/react';
import { Fragment, createElement as h, useState, useSyncExternalStore } from 'react';
import { PageRecord } from '../record/pageRecord.js';
import { Announcer } from './Announcer.js';
import { Code } from './Code.js';
import { Faults } from './Faults.js';
import { Header } from './Header.js';
import { LineLog } from './LineLog.js';
import { LinePanel } from './LinePanel.js';
import { Messages } from './Messages.js';
import { useStatusNotes } from './useStatusNotes.js';

export function App({ client }) {
  const [record] = useState(() => new PageRecord());
  // Every message is taken from `onMessage`. Reading `lastMessage` as well would render the page
  // once for each of them: right for a chat, wrong for a flood.
  const { sendMessage, status, attempt, retryAt, error, queued, reconnect, close } = useWebSocket(
    `/line?client=${client}`,
    record.listeners,
  );
  const line = { status, attempt, retryAt, error, queued, reconnect, close };
  const seen = useSyncExternalStore(record.store.subscribe, record.store.getSnapshot);
  useStatusNotes(line, record);

  return h(
    Fragment,
    null,
    h(Header, { line }),
    h(
      'main',
      null,
      h(LinePanel, { line, traffic: seen.traffic, record }),
      h(Messages, {
        rows: seen.rows,
        counts: seen.counts,
        pending: seen.pending,
        flood: seen.flood,
        record,
        sendMessage,
      }),
      h(Faults, { client, record }),
      h(LineLog, { entries: seen.log }),
    ),
    h(Code),
    h(Announcer, { line }),
  );
}
