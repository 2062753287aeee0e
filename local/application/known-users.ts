import type { LocalProvider } from '../providers/local-provider.ts';
import type { ScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';

/** Who can be signed in to the application: everybody whom the stack knows. */
export function knownUsers({ accounts }: ScalekitEmulator, providers: readonly LocalProvider[]): string[] {
  const granted = providers.flatMap(({ grants }) => grants.map(({ identifier }) => identifier));
  return [...new Set([...granted, ...accounts.map(({ identifier }) => identifier)])].sort();
}
