import { useEffect, useRef, useState } from 'preact/hooks';
import { useAnnounce } from './announcer.tsx';

const SHOWN_MS = 2000;

/** Copies a text. If the browser does not allow it, selects the text next to the button. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const announce = useAnnounce();
  const button = useRef<HTMLButtonElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(`Copied: ${label}.`);
    } catch {
      const shown = button.current?.parentElement?.querySelector('pre');
      if (shown) getSelection()?.selectAllChildren(shown);
      announce(
        'The browser does not let this page copy. The text is selected: copy it with the keyboard.',
        'seen',
      );
    }
  }

  return (
    <button type="button" class="copy" ref={button} onClick={copy} aria-label={`Copy: ${label}`}>
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
