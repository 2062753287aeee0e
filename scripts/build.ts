// Builds the functions for deployments without Serverless: a zip for each function, and dist/manifest.json with the
// requirements of each function. The command npm run frames reads the source maps in dist/maps.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoverTools, ToolFileError } from '../lib/deploy/discover-tools.ts';
import { manifestOf } from '../lib/deploy/manifest.ts';
import { ParameterError } from '../lib/deploy/parameters.ts';
import { planFunctions } from '../lib/deploy/plan-functions.ts';
import { selectTools } from '../lib/deploy/select-tools.ts';
import { AuthoringError } from '../lib/errors/authoring-error.ts';
import { UsageError } from '../local/command-line/usage-error.ts';
import packageJson from '../package.json' with { type: 'json' };
import { PackagingError, packageFunctions } from './build/package-functions.ts';
import { readBuildOptions } from './build/read-build-options.ts';
import { writeJson } from './schemas/write-json.ts';

const PROJECT = join(import.meta.dirname, '..');
const OUT = join(PROJECT, 'dist');
// If keepOutputDirectory is set, serverless-esbuild leaves the bundles in this folder.
const BUNDLES = join(PROJECT, '.esbuild/.build');
const WITH_MAPS = { BUILD_SOURCE_MAPS: 'external', BUILD_KEEP_BUNDLES: 'true' };

try {
  const { tools: globs } = readBuildOptions(process.argv.slice(2));
  const tools = selectTools(await discoverTools(PROJECT), globs);
  const functions = planFunctions({ tools, shared: true, openRoutes: true, interceptor: true });
  const manifest = manifestOf(functions, packageJson.version);
  const packaged = await mkdtemp(join(tmpdir(), 'build-'));
  try {
    await packageFunctions(PROJECT, { globs, folder: packaged, variables: WITH_MAPS });
    await rm(OUT, { recursive: true, force: true });
    for (const { zip, handler } of manifest.functions) {
      await cp(join(packaged, zip), join(OUT, zip));
      const map = handler.replace(/\.handler$/, '.mjs.map');
      await cp(join(BUNDLES, map), join(OUT, 'maps', map));
    }
  } finally {
    await Promise.all([packaged, BUNDLES].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  await writeJson(join(OUT, 'manifest.json'), manifest);
  console.log(`dist/manifest.json, and beside it ${manifest.functions.length} zips and their source maps`);
} catch (error) {
  process.exitCode = 1;
  console.error(isExpected(error) ? error.message : error);
}

/** Prints an expected error in one line. Any other error is a bug of this script, so its stack trace is printed. */
function isExpected(error: unknown): error is Error {
  return [UsageError, ToolFileError, AuthoringError, ParameterError, PackagingError].some(
    (type) => error instanceof type,
  );
}
