import type { CallSettings, SurfaceChoice } from './call-settings.ts';

interface Props {
  users: readonly string[];
  surfaces: readonly SurfaceChoice[];
  settings: CallSettings;
  onSettings: (settings: CallSettings) => void;
  claimsFault: string | null;
}

/** The fields for the user, the surface, the claims and the idempotency key. */
export function CallAs({ users, surfaces, settings, onSettings, claimsFault }: Props) {
  const surface = surfaces.find(({ name }) => name === settings.surface);
  return (
    <fieldset class="call-as">
      <legend>Call as</legend>
      <div class="pair">
        <p class="field">
          <label for="call-user">User</label>
          <input
            id="call-user"
            list="known-users"
            spellcheck={false}
            value={settings.identifier}
            onInput={(event) => onSettings({ ...settings, identifier: event.currentTarget.value })}
          />
          <datalist id="known-users">
            {users.map((user) => (
              <option key={user} value={user} />
            ))}
          </datalist>
        </p>
        <p class="field">
          <label for="call-surface">Surface</label>
          <select
            id="call-surface"
            value={settings.surface}
            onChange={(event) => {
              const chosen = surfaces.find(({ name }) => name === event.currentTarget.value);
              if (chosen) onSettings({ ...settings, surface: chosen.name });
            }}
          >
            {surfaces.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </p>
      </div>
      {surface && (surface.takesClaims || surface.takesKey) && (
        <details>
          <summary>More about the caller</summary>
          {surface.takesClaims && (
            <p class="field">
              <label for="call-claims">Claims of the token besides sub, as JSON</label>
              <textarea
                id="call-claims"
                rows={3}
                spellcheck={false}
                placeholder={'{"scope": "tools:delegate"}'}
                aria-invalid={claimsFault !== null}
                aria-describedby="call-claims-issue"
                value={settings.claims}
                onInput={(event) => onSettings({ ...settings, claims: event.currentTarget.value })}
              />
              <span id="call-claims-issue" class="issue">
                {claimsFault}
              </span>
            </p>
          )}
          {surface.takesKey && (
            <p class="field">
              <label for="call-key">Idempotency key</label>
              <input
                id="call-key"
                spellcheck={false}
                value={settings.idempotencyKey}
                onInput={(event) => onSettings({ ...settings, idempotencyKey: event.currentTarget.value })}
              />
            </p>
          )}
        </details>
      )}
    </fieldset>
  );
}
