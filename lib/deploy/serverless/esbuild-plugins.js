// How serverless-esbuild bundles a function, besides what serverless.yml says. What each brings: docs/performance.md
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');
const BUILTIN = /^(?:node:)?([\w/]+)$/;
const TOOL = /(?:^|\/)functions\/[\w-]+\/[\w-]+\.ts$/;
const OURS = /\/(?:functions|lib)\/[\w/-]+\.ts$/;

/** @param {string} file */
const importOf = (file) => JSON.stringify(join(PROJECT, 'lib', file));

/**
 * Lets what imports a module of Node.js get it as `require` gives it. An import reads each of its exports, the lazy ones
 * included: that of `node:http` loads `fetch` and WebSocket as well, for 30 ms and 16 MB.
 * @type {import('esbuild').Plugin}
 */
const builtinsUnread = {
  name: 'builtins-unread',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: BUILTIN }, ({ path, kind }) => {
      const name = BUILTIN.exec(path)?.[1] ?? '';
      if (kind === 'require-call' || !builtinModules.includes(name)) return undefined;
      return { path: name, namespace: 'builtin', sideEffects: false };
    });
    onLoad({ filter: BUILTIN, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Lets a tool begin to fetch its access token before all else, and between its modules lets what arrives be looked at.
 * @type {import('esbuild').Plugin}
 */
const tokenMeanwhile = {
  name: 'token-meanwhile',
  setup({ onResolve, onLoad }) {
    /** @type {Set<string>} */
    const tools = new Set();
    onResolve({ filter: TOOL }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point') tools.add(resolve(resolveDir, path));
      return undefined;
    });
    // package.json says that no module does anything by itself, which is true but for this one.
    onResolve({ filter: /\/lambda-start\.ts$/ }, ({ path }) => ({ path, sideEffects: true }));
    onLoad({ filter: OURS, namespace: 'file' }, async ({ path }) => {
      if (tools.size === 0) return undefined;
      const source = await readFile(path, 'utf8');
      // On the first line and after the last one, so that each line keeps its number.
      const first = tools.has(path) ? `import ${importOf('lambda-start.ts')};` : '';
      const last = `import { giveTurn as __giveTurn } from ${importOf('time/give-turn.ts')}; await __giveTurn();`;
      const contents = `${first}${source}\n${path.endsWith('/give-turn.ts') ? '' : last}`;
      return { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

export default [builtinsUnread, tokenMeanwhile];
