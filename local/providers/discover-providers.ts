import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StartLocalProvider } from './local-provider.ts';

/**
 * The emulated providers: of each connector that has one, in `local/providers/<connector>/provider.ts`.
 * @param project an absolute path
 */
export async function discoverProviders(
  project: string,
): Promise<{ connector: string; start: StartLocalProvider }[]> {
  const providers: { connector: string; start: StartLocalProvider }[] = [];
  for await (const file of glob('functions/*/connector.ts', { cwd: project })) {
    const connector = basename(dirname(file));
    const provider = join(project, 'local/providers', connector, 'provider.ts');
    if (!existsSync(provider)) continue;
    const { start }: { start: StartLocalProvider } = await import(pathToFileURL(provider).href);
    providers.push({ connector, start });
  }
  return providers.sort((one, other) => one.connector.localeCompare(other.connector));
}
