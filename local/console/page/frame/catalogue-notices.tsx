import { useEffect, useRef } from 'preact/hooks';
import type { Catalogue } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { Notice } from '../shared/notice.tsx';
import { catalogueChanges } from '../tools/catalogue.ts';

interface Props {
  catalogue: Catalogue | null;
  /** The number of times that the connection to the server was lost. After each loss, the catalogue is read again. */
  interruptions: number;
}

/** Announces reloaded tools, and lists files that could not be loaded. */
export function CatalogueNotices({ catalogue, interruptions }: Props) {
  const announce = useAnnounce();
  const last = useRef({ catalogue, interruptions });
  useEffect(() => {
    const before = last.current;
    if (catalogue === before.catalogue) return;
    last.current = { catalogue, interruptions };
    if (!catalogue || !before.catalogue || catalogue.problems.length > 0) return;
    // A reload can change the code of a tool without changing its contract.
    const unchanged =
      interruptions === before.interruptions
        ? 'Tools reloaded. No contract has changed.'
        : 'The console is connected again.';
    announce(catalogueChanges(before.catalogue.tools, catalogue.tools) ?? unchanged, 'seen');
  }, [catalogue, interruptions, announce]);

  if (!catalogue || (catalogue.problems.length === 0 && catalogue.needsRestart.length === 0)) return null;
  return (
    <section class="notices" aria-label="Files that could not be loaded">
      {catalogue.problems.map(({ file, message }) => (
        <Notice key={file} isUrgent>
          <p>
            <code>{file}</code> could not be loaded. Its tools keep running as before.
          </p>
          <pre>{message}</pre>
        </Notice>
      ))}
      {catalogue.needsRestart.length > 0 && (
        <Notice>
          <p>
            Restart <code>npm start</code> to use the changes of {catalogue.needsRestart.join(', ')}.
          </p>
        </Notice>
      )}
    </section>
  );
}
