import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';

const SEEN_MS = 6000;

/**
 * Announces a change to screen readers, without moving the focus. `seen` also shows the text on the page for
 * a few seconds.
 */
type Announce = (text: string, way?: 'heard' | 'seen') => void;

const AnnounceContext = createContext<Announce>(() => {});

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** The live region for announcements. */
export function Announcer({ children }: { children: ComponentChildren }) {
  const [{ text, way, number }, setAnnounced] = useState({ text: '', way: 'heard', number: 0 });
  const announce = useCallback<Announce>(
    (said, how = 'heard') => setAnnounced((last) => ({ text: said, way: how, number: last.number + 1 })),
    [],
  );
  useEffect(() => {
    if (way === 'heard') return undefined;
    const timer = setTimeout(() => setAnnounced((last) => ({ ...last, way: 'heard' })), SEEN_MS);
    return () => clearTimeout(timer);
  }, [way, number]);

  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <footer class={way === 'seen' ? 'announcer' : 'visually-hidden'}>
        <div role="status">
          {/* Screen readers announce a new element, even if its text has not changed. */}
          {text && <p key={number}>{text}</p>}
        </div>
      </footer>
    </AnnounceContext.Provider>
  );
}
