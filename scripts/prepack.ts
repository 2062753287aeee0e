// npm runs this before packing. It compiles the library, and replaces package.json with the package.json of the
// published package. After packing, postpack.ts restores the original file.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importedPackages } from './pack/imported-packages.ts';
import { MANIFEST, OWN_MANIFEST, restoreManifest } from './pack/manifest-files.ts';
import { parseManifest, publishedManifest } from './pack/published-manifest.ts';

const PROJECT = join(import.meta.dirname, '..');
const DIST = join(PROJECT, 'dist');

// If an earlier run failed, package.json may still be that of the published package.
await restoreManifest();
const manifest = parseManifest(JSON.parse(await readFile(MANIFEST, 'utf8')));
await rm(DIST, { recursive: true, force: true });
await mkdir(DIST);
// Compiles only the files that the exports need.
const configuration = {
  extends: '../tsconfig.build.json',
  files: Object.values(manifest.exports).map((source) => join('..', source)),
};
const configurationFile = join(DIST, 'tsconfig.json');
await writeFile(configurationFile, JSON.stringify(configuration));
execFileSync(join(PROJECT, 'node_modules/.bin/tsc'), ['-p', configurationFile], { stdio: 'inherit' });
await rm(configurationFile);
const published = publishedManifest(manifest, await importedPackages(DIST));
await cp(MANIFEST, OWN_MANIFEST);
await writeFile(MANIFEST, `${JSON.stringify(published, null, 2)}\n`);
