import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { packageFunctions } from '../build/package-functions.ts';

/** A bundled function in a folder that is like /var/task in Lambda. */
export interface Bundle {
  folder: string;
  /** The path of the file, without the name of the export, for example `functions/gmail/list-filters`. */
  module: string;
  bytes: number;
}

const BASELINE = join(import.meta.dirname, 'baseline');

/** Packages tools in the same way as a deployment. */
export async function packagedTools(
  project: string,
  tools: readonly { name: string; module: string }[],
  folder: string,
): Promise<Bundle[]> {
  const zips = join(folder, 'zips');
  await packageFunctions(project, { globs: tools.map(({ name }) => name), folder: zips });
  return Promise.all(
    tools.map(async ({ name, module }) => {
      const [code = new Uint8Array()] = Object.values(unzipSync(await readFile(join(zips, `${name}.zip`))));
      return write({ folder: join(folder, name), module, code });
    }),
  );
}

/** Bundles a function of the baseline with the settings that make the baseline fastest: minified, as an ES module. */
export async function bundledBaseline(name: string, folder: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [join(BASELINE, `${name}.ts`)],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    write: false,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const [{ contents: code } = { contents: new Uint8Array() }] = outputFiles;
  return write({ folder: join(folder, `baseline-${name}`), module: name, code });
}

async function write({ folder, module, code }: { folder: string; module: string; code: Uint8Array }) {
  const file = join(folder, `${module}.mjs`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, code);
  return { folder, module, bytes: code.length };
}

/**
 * Lambda's runtime contains some packages, so bundles do not. Links these packages into the folder of the functions.
 */
export async function linkRuntimePackages(project: string, folder: string): Promise<void> {
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'), 'dir');
}
