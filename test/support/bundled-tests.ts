import { globSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve, sep } from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin } from 'vitest/config';
import { lambdaTools } from '../../lib/esbuild-plugin.ts';

// Modules that are not bundled. The emulated Scalekit and the SDK are among them, because tests compare our requests
// with the requests of the original SDK.
const OUTSIDE = /\/local\/(?:scalekit|dynamodb)\/|\/node_modules\/(?:vitest|fast-check|dynalite)\//;

/**
 * A plugin that bundles each test file with its imports from lib/ into one file, in the same way as a function is
 * bundled.
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
 * Bundles all files in one build, which parses each module only once.
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
      // The plugin of functions would reject this import.
      if (path === '@scalekit-sdk/node') return { path, external: true };
      const found = await resolve(path, { ...options, pluginData: outside });
      return OUTSIDE.test(found.path) ? { path: found.path, external: true } : undefined;
    });
  },
};
