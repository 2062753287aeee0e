import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*['"](?!node:)((?:@[a-z\d-]+\/)?[a-z\d][\w.-]*)[^'"]*['"]/g;

/**
 * Returns the packages that the compiled files of a folder import. The result includes packages such as `@types/node`,
 * which may contain the types of an imported package.
 */
export async function importedPackages(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const file of glob('**/*.{js,d.ts}', { cwd: folder })) {
    const source = await readFile(join(folder, file), 'utf8');
    for (const [, name = ''] of source.matchAll(IMPORT)) {
      names.add(name);
      if (file.endsWith('.d.ts')) names.add(`@types/${name}`);
    }
  }
  return names;
}
