import { isBuiltin } from 'node:module';
import { sep } from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin } from 'vitest/config';
import { lambdaTools } from '../../lib/esbuild-plugin.ts';

// Modules that are not bundled. The emulated Scalekit and the SDK are among them, because tests compare our requests
// with the requests of the original SDK.
const OUTSIDE = /\/local\/(?:scalekit|dynamodb)\/|\/node_modules\/(?:vitest|fast-check|dynalite)\//;

/**
 * A plugin that bundles each test file with its imports from lib/ into one file, in the same way as a function is
 * bundled.
 */
export function bundledTests(): Plugin {
  return {
    name: 'bundled-tests',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.test.ts')) return null;
      const { outputFiles } = await build({
        entryPoints: [id],
        bundle: true,
        write: false,
        outdir: sep,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        minify: true,
        sourcemap: 'inline',
        define: { 'import.meta.dirname': JSON.stringify(id.slice(0, id.lastIndexOf('/'))) },
        plugins: [outside, lambdaTools()],
      });
      return outputFiles[0]?.text ?? null;
    },
  };
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
