import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StartLocalProvider } from './local-provider.ts';

/**
 * The emulated providers: of each connector that has one, in `functions/<connector>/local/provider.ts`.
 * @param project an absolute path
 */
export async function discoverProviders(
  project: string,
): Promise<{ connector: string; start: StartLocalProvider }[]> {
  const providers: { connector: string; start: StartLocalProvider }[] = [];
  for await (const file of glob('functions/*/local/provider.ts', { cwd: project })) {
    const { start }: { start: StartLocalProvider } = await import(pathToFileURL(join(project, file)).href);
    providers.push({ connector: basename(dirname(dirname(file))), start });
  }
  return providers.sort((one, other) => one.connector.localeCompare(other.connector));
}
