import { globSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve, sep } from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin } from 'vitest/config';
import { lambdaTools } from '../../lib/esbuild-plugin.ts';

// These modules are not bundled. Bundling would change the SDK in the emulated Scalekit, but tests compare our
// requests with those of the unmodified SDK.
const OUTSIDE = /\/local\/(?:scalekit|dynamodb)\/|\/node_modules\/(?:vitest|fast-check|dynalite)\//;

/**
 * Returns a Vitest plugin. It bundles each test file and its imports from lib/ into one file, in the same way as a
 * Lambda function is bundled.
 * @param files the test files, with globs; all must be in one folder
 */
export function bundledTests(files: string): Plugin {
  let bundles: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    name: 'bundled-tests',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.test.ts')) return null;
      bundles ??= bundle(globSync(files));
      const text = (await bundles).get(basename(id));
      if (text === undefined)
        throw new Error(`${id} is not among ${files}, so it would run without its bundle.`);
      return text;
    },
    watchChange() {
      bundles = undefined;
    },
  };
}

/**
 * Bundles all files in one build, so that esbuild parses each module only once.
 * @returns the bundles by the name of their test file
 */
async function bundle(entryPoints: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [...entryPoints],
    bundle: true,
    write: false,
    outdir: sep,
    outExtension: { '.js': '.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    sourcemap: 'inline',
    sourcesContent: false,
    define: { 'import.meta.dirname': JSON.stringify(resolve(dirname(entryPoints[0] ?? ''))) },
    plugins: [outside, lambdaTools()],
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

const outside: EsbuildPlugin = {
  name: 'outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === outside || options.kind === 'entry-point' || isBuiltin(path)) return undefined;
      // For functions, the plugin rejects an import of the whole SDK. A test may import it.
      if (path === '@scalekit-sdk/node') return { path, external: true };
      const found = await resolve(path, { ...options, pluginData: outside });
      return OUTSIDE.test(found.path) ? { path: found.path, external: true } : undefined;
    });
  },
};
