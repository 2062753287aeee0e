import { useState } from 'preact/hooks';
import type { Catalogue } from '../console-api.ts';
import { AccountsPanel } from './accounts-panel.tsx';
import { type CallSettings, initialSettings } from './call-settings.ts';
import { FaultsPanel } from './faults-panel.tsx';
import { RecentCalls } from './recent-calls.tsx';
import type { Route } from './route.ts';
import { ToolsView } from './tools-view.tsx';
import { useCalls } from './use-calls.ts';
import type { ChangeCounts } from './use-changes.ts';
import { useDrafts } from './use-drafts.ts';
import type { Faults } from './use-faults.ts';

interface Props {
  route: Route;
  catalogue: Catalogue;
  counts: ChangeCounts;
  faults: Faults;
}

/** The view of the route. What was typed and answered lives here, so that it outlives a change of the view. */
export function ConsoleViews({ route, catalogue, counts, faults }: Props) {
  const drafts = useDrafts();
  const calls = useCalls();
  const [settings, setSettings] = useState<CallSettings>(() => initialSettings(catalogue));

  switch (route.view) {
    case 'tools':
      return (
        <ToolsView
          catalogue={catalogue}
          selected={route.tool}
          settings={settings}
          onSettings={setSettings}
          drafts={drafts}
          calls={calls}
        />
      );
    case 'calls':
      return <RecentCalls selected={route.id} version={counts.calls} ownIds={calls.ownIds} />;
    case 'accounts':
      return <AccountsPanel isEmulated={catalogue.isEmulated} version={counts.accounts} />;
    case 'faults':
      return <FaultsPanel isEmulated={catalogue.isEmulated} faults={faults} />;
  }
}
