import { useEffect } from 'react';

const notes = {
  offline: 'The browser says that it is offline.',
  online: 'The browser says that it is online again.',
};

/** Writes into the log what the browser tells of the network: the line acts upon it. */
export function usePageNotes(record) {
  useEffect(() => {
    const note = ({ type }) => record.note(notes[type]);
    for (const type of Object.keys(notes)) window.addEventListener(type, note);
    return () => {
      for (const type of Object.keys(notes)) window.removeEventListener(type, note);
    };
  }, [record]);
}
