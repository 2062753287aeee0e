// What npm runs before it packs: compiles the library, and gives the package a manifest of its own until postpack.
import { execFileSync } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST, OWN_MANIFEST, restoreManifest } from './pack/manifest-files.ts';
import { publishedManifest } from './pack/published-manifest.ts';

const PROJECT = join(import.meta.dirname, '..');

// A packing that broke off leaves it away.
await restoreManifest();
await rm(join(PROJECT, 'dist'), { recursive: true, force: true });
execFileSync(join(PROJECT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: PROJECT,
  stdio: 'inherit',
});
const manifest: unknown = JSON.parse(await readFile(MANIFEST, 'utf8'));
await cp(MANIFEST, OWN_MANIFEST);
await writeFile(MANIFEST, `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
