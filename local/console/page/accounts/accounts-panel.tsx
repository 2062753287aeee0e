import { useState } from 'preact/hooks';
import type { AccountChange, AccountRow, ConsentLink } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { failureText, readJson, send } from '../shared/console-requests.ts';
import { FailureNotice, Notice } from '../shared/notice.tsx';
import { useResource } from '../shared/use-resource.ts';
import { WebLink } from '../shared/web-link.tsx';
import { webUrl } from '../shared/web-url.ts';
import { AccountsTable } from './accounts-table.tsx';

interface Props {
  isEmulated: boolean;
  version: number;
}

interface OfferedLink extends ConsentLink {
  identifier: string;
  connector: string;
}

/** Shows which accounts are connected, and changes them. */
export function AccountsPanel({ isEmulated, version }: Props) {
  const announce = useAnnounce();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const [link, setLink] = useState<OfferedLink | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const known = useResource<AccountRow[]>('/api/accounts', version);
  const path = asked === null ? null : `/api/accounts?identifier=${encodeURIComponent(asked)}`;
  const found = useResource<AccountRow[]>(path, version);

  const rows = [...(known.value ?? [])];
  for (const row of found.value ?? []) {
    if (!rows.some(({ identifier }) => identifier === row.identifier)) rows.unshift(row);
  }

  async function connect(identifier: string, connector: string): Promise<void> {
    const body = { identifier, connector };
    const { authorizationUrl } = await readJson<ConsentLink>('POST', '/api/accounts/connect', { body });
    setLink({ identifier, connector, authorizationUrl });
    const url = webUrl(authorizationUrl);
    if (url !== null) window.open(url, '_blank', 'noopener,noreferrer');
    announce(`The consent page of ${identifier} for ${connector} opened in a new tab.`);
  }

  async function change(body: AccountChange): Promise<void> {
    await send('PUT', '/api/accounts', { body });
    announce(`The account of ${body.identifier} on ${body.connector} is now ${body.status}.`, 'seen');
  }

  function reportFailure(action: Promise<void>): void {
    setFailure(null);
    action.catch((error: unknown) => setFailure(failureText(error)));
  }

  return (
    <section class="panel">
      <h1>Accounts</h1>
      <p class="about">The connected accounts in Scalekit. A tool runs only for an ACTIVE account.</p>
      <form
        class="lookup"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim() || null);
        }}
      >
        <label for="lookup-user">Another user</label>
        <input
          id="lookup-user"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit">Look up</button>
      </form>
      <FailureNotice failure={failure ?? known.failure ?? (asked === null ? null : found.failure)} />
      {link && (
        <Notice>
          <p>
            The consent page of {link.identifier} for {link.connector}:{' '}
            <WebLink href={link.authorizationUrl}>open the consent page</WebLink>. The result appears here.
          </p>
        </Notice>
      )}
      {rows.length > 0 ? (
        <AccountsTable
          rows={rows}
          isEmulated={isEmulated}
          onConnect={(identifier, connector) => reportFailure(connect(identifier, connector))}
          onChange={(accountChange) => reportFailure(change(accountChange))}
        />
      ) : (
        <p class="empty">
          {known.value === null && known.failure === null
            ? 'Loading…'
            : 'There are no known users. Look one up.'}
        </p>
      )}
    </section>
  );
}
