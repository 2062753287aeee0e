import { useEffect } from 'preact/hooks';
import type { Catalogue } from '../../console-api.ts';
import { useFaults } from '../faults/use-faults.ts';
import { Announcer } from '../shared/announcer.tsx';
import { FailureNotice } from '../shared/notice.tsx';
import type { ViewRoute } from '../shared/route.ts';
import { useRoute } from '../shared/route.ts';
import { useChanges } from '../shared/use-changes.ts';
import { useResource } from '../shared/use-resource.ts';
import { CatalogueNotices } from './catalogue-notices.tsx';
import { ConsoleHeader } from './console-header.tsx';
import { ConsoleViews } from './console-views.tsx';

const TITLES: Readonly<Record<ViewRoute['view'], string>> = {
  tools: 'Tools',
  calls: 'Recent calls',
  accounts: 'Accounts',
  faults: 'Faults',
};

/** The whole page. */
export function Console() {
  const route = useRoute();
  const { counts, isConnected, interruptions } = useChanges();
  const { value: catalogue, failure } = useResource<Catalogue>('/api/catalogue', counts.catalogue);
  const faults = useFaults(catalogue?.isEmulated === true, counts.faults);

  const shown = route.view === 'tools' && route.tool !== null ? route.tool : TITLES[route.view];
  useEffect(() => {
    document.title = `${shown} – Tool console`;
  }, [shown]);

  return (
    <Announcer>
      <ConsoleHeader
        view={route.view}
        isConnected={isConnected}
        catalogue={catalogue}
        faultsRunning={faults.running.length}
      />
      <CatalogueNotices catalogue={catalogue} interruptions={interruptions} />
      <main id="main" tabIndex={-1} aria-busy={catalogue === null && failure === null}>
        <FailureNotice failure={failure} />
        {catalogue ? (
          <ConsoleViews route={route} catalogue={catalogue} counts={counts} faults={faults} />
        ) : (
          <section class="panel">
            <h1>Tool console</h1>
            <p class="empty">Loading the tools…</p>
          </section>
        )}
      </main>
    </Announcer>
  );
}
