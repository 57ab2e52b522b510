import { useWebSocket } from 'openline/react';
import { Fragment, createElement as h, useState, useSyncExternalStore } from 'react';
import { PageRecord } from '../record/pageRecord.js';
import { Announcer } from './Announcer.js';
import { Code } from './Code.js';
import { Faults } from './Faults.js';
import { Header } from './Header.js';
import { Heartbeat } from './Heartbeat.js';
import { LineLog } from './LineLog.js';
import { LinePanel } from './LinePanel.js';
import { Messages } from './Messages.js';
import { useDoubt } from './useDoubt.js';
import { usePageNotes } from './usePageNotes.js';
import { useStatusNotes } from './useStatusNotes.js';

export function App({ client }) {
  const [record] = useState(() => new PageRecord());
  const [hasHeartbeat, setHeartbeat] = useState(true);
  const options = { ...record.lineOptions, heartbeat: hasHeartbeat && record.heartbeat };
  // Every message is taken from `onMessage`. Reading `lastMessage` as well would render the page
  // once for each of them: right for a chat, wrong for a flood.
  const { sendMessage, status, attempt, retryAt, error, queued, reconnect, close } = useWebSocket(
    `/line?client=${client}`,
    options,
  );
  const seen = useSyncExternalStore(record.store.subscribe, record.store.getSnapshot);
  const { isRenewing, outage } = seen;
  const isDoubtful = useDoubt(seen.pulse.askedAt) && status === 'open';
  const known = { status, attempt, retryAt, error, queued, outage, isRenewing, isDoubtful };
  const line = { ...known, reconnect, close };
  useStatusNotes(line, record);
  usePageNotes(record);

  function switchHeartbeat(isOn) {
    record.heartbeatSwitched(isOn);
    setHeartbeat(isOn);
  }

  return h(
    Fragment,
    null,
    h(Header, { line }),
    h(
      'main',
      null,
      h(
        LinePanel,
        { line, traffic: seen.traffic, record },
        h(Heartbeat, {
          isOn: hasHeartbeat,
          pulse: seen.pulse,
          isDoubtful,
          onSwitch: switchHeartbeat,
        }),
      ),
      h(Messages, {
        rows: seen.rows,
        counts: seen.counts,
        pending: seen.pending,
        flood: seen.flood,
        record,
        sendMessage,
      }),
      h(Faults, { client, record, status }),
      h(LineLog, { entries: seen.log }),
    ),
    h(Code),
    h(Announcer, { line }),
  );
}
