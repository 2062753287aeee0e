import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = join(import.meta.dirname, '../../..');
const VERSION = '3.40.0';

/**
 * Installs Serverless 3 below `node_modules`, because it is too large for a dependency. Version 3 is the last version
 * that works without a login.
 * @returns the folder of the package, or undefined if npm cannot install it
 */
export async function installServerless3(): Promise<string | undefined> {
  const folder = join(PROJECT, 'node_modules/.cache/serverless', VERSION);
  const installed = join(folder, 'node_modules/serverless');
  if (!existsSync(join(installed, 'package.json'))) {
    await mkdir(folder, { recursive: true });
    const manifest = { private: true, dependencies: { serverless: VERSION } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
    // npm's error is ignored, because the installed files show whether npm succeeded.
    await promisify(execFile)('npm', ['install', ...options], { cwd: folder }).catch(() => {});
  }
  return existsSync(join(installed, 'package.json')) ? installed : undefined;
}

/** Links this project's packages into a copy. Only the package `serverless` is another one. */
export async function linkPackages(copy: string, serverless: string): Promise<void> {
  const own = join(PROJECT, 'node_modules');
  await mkdir(join(copy, 'node_modules'));
  for (const name of await readdir(own)) {
    const target = name === 'serverless' ? serverless : join(own, name);
    await symlink(target, join(copy, 'node_modules', name), 'dir');
  }
}
