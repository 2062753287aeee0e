import type { AccountChange, AccountRow } from '../../console-api.ts';
import { ScrollRegion } from '../shared/scroll-region.tsx';

interface Actions {
  /** True if Scalekit is emulated. Only then can the page change the status of an account directly. */
  isEmulated: boolean;
  onConnect: (identifier: string, connector: string) => void;
  onChange: (change: AccountChange) => void;
}

interface Props extends Actions {
  rows: readonly AccountRow[];
}

/** A row for each user and a column for each connector. */
export function AccountsTable({ rows, ...actions }: Props) {
  const connectors = [...new Set(rows.flatMap(({ accounts }) => accounts.map(({ connector }) => connector)))];
  return (
    <ScrollRegion label="Accounts">
      <table class="accounts-table">
        <thead>
          <tr>
            <th scope="col">User</th>
            {connectors.map((connector) => (
              <th key={connector} scope="col">
                {connector}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ identifier, accounts }) => (
            <tr key={identifier}>
              <th scope="row">
                <code>{identifier}</code>
              </th>
              {connectors.map((connector) => (
                <AccountCell
                  key={connector}
                  identifier={identifier}
                  connector={connector}
                  status={accounts.find((account) => account.connector === connector)?.status ?? null}
                  {...actions}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface CellProps extends Actions {
  identifier: string;
  connector: string;
  status: string | null;
}

function AccountCell({ identifier, connector, status, isEmulated, onConnect, onChange }: CellProps) {
  const of = `the account of ${identifier} on ${connector}`;
  const change = (next: AccountChange['status']) => onChange({ identifier, connector, status: next });
  const isActive = status === 'ACTIVE';
  return (
    <td>
      <span class={`account account-${kindOf(status)}`}>{status ?? 'none'}</span>
      <span class="cell-actions">
        {!isActive && (
          <button type="button" aria-label={`Connect ${of}`} onClick={() => onConnect(identifier, connector)}>
            Connect
          </button>
        )}
        {isEmulated && isActive && (
          <button type="button" aria-label={`Expire ${of}`} onClick={() => change('EXPIRED')}>
            Expire
          </button>
        )}
        {isEmulated && status !== null && status !== 'DISCONNECTED' && (
          <button type="button" aria-label={`Disconnect ${of}`} onClick={() => change('DISCONNECTED')}>
            Disconnect
          </button>
        )}
      </span>
    </td>
  );
}

/** The CSS class of a status. */
function kindOf(status: string | null): 'active' | 'pending' | 'broken' | 'none' {
  if (status === null) return 'none';
  if (status === 'ACTIVE') return 'active';
  return status.startsWith('PENDING') ? 'pending' : 'broken';
}
