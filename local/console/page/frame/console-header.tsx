import type { Catalogue } from '../../console-api.ts';
import { counted } from '../shared/measures.ts';
import type { ViewRoute } from '../shared/route.ts';

interface Props {
  view: ViewRoute['view'];
  isConnected: boolean;
  catalogue: Catalogue | null;
  faultsRunning: number;
}

export function ConsoleHeader({ view, isConnected, catalogue, faultsRunning }: Props) {
  const links: readonly { to: ViewRoute['view']; text: string }[] = [
    { to: 'tools', text: 'Tools' },
    { to: 'calls', text: 'Recent calls' },
    { to: 'accounts', text: 'Accounts' },
    { to: 'faults', text: 'Faults' },
  ];
  return (
    <header class="console-header">
      <button type="button" class="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <span class="brand">Tool console</span>
      <nav aria-label="Views">
        <ul>
          {links.map(({ to, text }) => (
            <li key={to}>
              <a href={`#/${to}`} aria-current={to === view ? 'page' : undefined}>
                {text} {to === 'faults' && faultsRunning > 0 && <span class="badge">{faultsRunning} on</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class={isConnected ? 'connection' : 'connection connection-lost'} role="status">
        {isConnected ? connectionText(catalogue) : 'The console does not respond. Trying again…'}
      </p>
    </header>
  );
}

function connectionText(catalogue: Catalogue | null): string {
  if (!catalogue) return '';
  const scalekit = catalogue.isEmulated ? 'emulated Scalekit' : 'real Scalekit';
  return `${counted(catalogue.tools.length, 'tool')}, ${scalekit}`;
}
