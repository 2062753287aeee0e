import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copyProject } from '../../test/support/copy-project.ts';
import type { PackedLibrary } from './judge.ts';
import { runToSuccess } from './run-program.ts';

/**
 * Packs the library as npm would publish it. We pack a copy of the project, because npm's packing temporarily replaces
 * package.json.
 */
export async function packLibrary(folder: string): Promise<PackedLibrary> {
  await mkdir(folder);
  const copied = await copyProject();
  try {
    await runToSuccess('npm', ['run', 'pack', '--', '--pack-destination', folder], { cwd: copied.copy });
  } finally {
    await copied.remove();
  }
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
  await runToSuccess('tar', ['-xzf', tarball], { cwd: folder });
  return { tarball, folder: join(folder, 'package') };
}
