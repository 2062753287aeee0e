import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runToSuccess } from './run-program.ts';

const PACKAGES = join(import.meta.dirname, 'packages');
const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs the programs of the judges into a cache, in the locked versions and without their install scripts. They are
 * not development dependencies, because they are large and only the judges need them.
 * @returns the folder that contains `node_modules` with the programs
 */
export async function installPackages(project: string): Promise<string> {
  const lock = await readFile(join(PACKAGES, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const installed = join(project, 'node_modules/.cache/judges', version);
  if (existsSync(installed)) return installed;
  console.log('Installing the judges, once…');
  // We rename the folder when the installation is complete. An interrupted installation is therefore never used.
  const unfinished = `${installed}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  for (const file of FILES) await cp(join(PACKAGES, file), join(unfinished, file));
  try {
    await runToSuccess('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished });
    await rename(unfinished, installed);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return installed;
}
