import { useState } from 'preact/hooks';
import type { Catalogue } from '../../console-api.ts';
import { AccountsPanel } from '../accounts/accounts-panel.tsx';
import { type CallSettings, initialSettings } from '../call-form/call-settings.ts';
import { useDrafts } from '../call-form/draft.ts';
import { RecentCalls } from '../calls/recent-calls.tsx';
import { useCalls } from '../calls/use-calls.ts';
import { FaultsPanel } from '../faults/faults-panel.tsx';
import type { Faults } from '../faults/use-faults.ts';
import type { ViewRoute } from '../shared/route.ts';
import type { ChangeCounts } from '../shared/use-changes.ts';
import { ToolsView } from '../tools/tools-view.tsx';

interface Props {
  route: ViewRoute;
  catalogue: Catalogue;
  counts: ChangeCounts;
  faults: Faults;
}

/**
 * Shows the view of the route. This component stores drafts and results, so that they survive when the view
 * changes.
 */
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
