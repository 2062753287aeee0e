import { useEffect, useState } from 'preact/hooks';
import type { ChangeName } from '../../console-api.ts';

const NAMES: readonly ChangeName[] = ['catalogue', 'calls', 'accounts', 'faults'];
const RECONNECT_MS = 2000;

/** The number of changes of each list. A view reads its list again when the number increases. */
export type ChangeCounts = Readonly<Record<ChangeName, number>>;

export interface Changes {
  counts: ChangeCounts;
  /** False while the server does not respond. */
  isConnected: boolean;
  /** The number of times that the connection was lost and restored. */
  interruptions: number;
}

/**
 * Follows the server's changes. After an interruption it increases all counts, because events may have been
 * missed.
 */
export function useChanges(): Changes {
  const [counts, setCounts] = useState<ChangeCounts>({ catalogue: 0, calls: 0, accounts: 0, faults: 0 });
  const [isConnected, setConnected] = useState(true);
  const [interruptions, setInterruptions] = useState(0);

  useEffect(() => {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let wasInterrupted = false;

    const increment = (names: readonly ChangeName[]) =>
      setCounts((before) => {
        const after = { ...before };
        for (const name of names) after[name] += 1;
        return after;
      });

    function connect(): void {
      const opened = new EventSource('/api/changes');
      source = opened;
      opened.onopen = () => {
        setConnected(true);
        if (!wasInterrupted) return;
        wasInterrupted = false;
        setInterruptions((before) => before + 1);
        increment(NAMES);
      };
      opened.onerror = () => {
        wasInterrupted = true;
        setConnected(false);
        // EventSource stops reconnecting after some kinds of failures, so a new one is created.
        opened.close();
        clearTimeout(retry);
        retry = setTimeout(connect, RECONNECT_MS);
      };
      for (const name of NAMES) opened.addEventListener(name, () => increment([name]));
    }

    connect();
    return () => {
      clearTimeout(retry);
      source?.close();
    };
  }, []);

  return { counts, isConnected, interruptions };
}
