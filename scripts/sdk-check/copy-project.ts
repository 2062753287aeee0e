import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { SDK } from './sdk-package.ts';

const PARTS = ['functions', 'lib', 'local', 'test', 'tsconfig.json', 'vitest.config.ts'];
const Manifest = z.looseObject({ devDependencies: z.looseObject({ [SDK]: z.string() }) });

/** The version of the SDK that a project is developed with. */
export async function pinnedVersion(project: string): Promise<string> {
  return (await readManifest(project)).devDependencies[SDK];
}

/** Copies what the tests need to where the SDK was installed, and links all other packages of the project beside it. */
export async function copyProject(
  sdkVersion: string,
  { project, folder }: { project: string; folder: string },
): Promise<void> {
  for (const part of PARTS) await cp(join(project, part), join(folder, part), { recursive: true });
  const manifest = await readManifest(project);
  manifest.devDependencies[SDK] = sdkVersion;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await linkPackages(join(project, 'node_modules'), join(folder, 'node_modules'));
}

async function readManifest(project: string): Promise<z.output<typeof Manifest>> {
  return Manifest.parse(JSON.parse(await readFile(join(project, 'package.json'), 'utf8')));
}

async function linkPackages(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (name.startsWith('@')) {
      await mkdir(target, { recursive: true });
      await linkPackages(source, target);
    } else if (!name.startsWith('.') && !existsSync(target)) {
      await symlink(source, target, 'junction');
    }
  }
}
