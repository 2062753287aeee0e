import type { LocalProvider } from '../providers/local-provider.ts';
import type { ScalekitSeed } from './scalekit-seed.ts';
import type { ScalekitEmulator } from './start-scalekit-emulator.ts';

/** Example users whose accounts are not ACTIVE. */
const OTHER_STATUSES = [
  { identifier: 'user_pending', status: 'PENDING_AUTH' },
  { identifier: 'user_unverified', status: 'PENDING_VERIFICATION' },
  { identifier: 'user_expired', status: 'EXPIRED' },
  { identifier: 'user_disconnected', status: 'DISCONNECTED' },
] as const;

/** Creates a seed with one connection for each provider, and the connected accounts. */
export function seedOfProviders(providers: readonly LocalProvider[]): ScalekitSeed {
  return {
    connections: providers.map(({ connector, url }) => ({ name: connector, connector, providerUrl: url })),
    grants: providers.flatMap(({ connector, grants }) =>
      grants.map(({ isConnected: _, ...grant }) => ({ connector, ...grant })),
    ),
    accounts: providers.flatMap(({ connector: connection, grants }) => [
      ...grants
        .filter(({ isConnected = true }) => isConnected)
        .map(({ identifier }) => ({ connection, identifier, status: 'ACTIVE' as const })),
      ...OTHER_STATUSES.map((account) => ({ connection, ...account })),
    ]),
  };
}

/** Returns all users that the stack knows. They can sign in to the application. */
export function knownUsers({ accounts }: ScalekitEmulator, providers: readonly LocalProvider[]): string[] {
  const granted = providers.flatMap(({ grants }) => grants.map(({ identifier }) => identifier));
  return [...new Set([...granted, ...accounts.map(({ identifier }) => identifier)])].sort();
}
