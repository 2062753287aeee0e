import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';

const BUILTIN = /^(?:node:)?([\w/]+)$/;
// The modules that the SDK uses for its RPCs only, and qs, which serves its own token request only.
const OF_RPCS = /^(?:@bufbuild\/protobuf|qs|\.{1,2}\/pkg\/.+_pb)$/;
const SDK_FOLDER = /\/@scalekit-sdk\/node\/lib\b/;
const FORM_DATA = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/**
 * A plugin of esbuild for functions with tools. It leaves out what no call needs of Node.js and of the
 * Scalekit SDK. Without it a bundle works too, but starts about 100 ms later and takes 30 MB more.
 * docs/performance.md has the figures. Use it with `format: 'esm'` and `platform: 'node'`.
 * Do not use it where a function's own code calls RPCs of the SDK or uses axios: both are left out.
 * @returns the plugin, which fails the build if the SDK or axios no longer has what it replaces
 */
export function lambdaTools(): Plugin {
  const parts = [requireBuiltins, leaveOutRpcs, leaveOutAdapters];
  return { name: 'lambda-tools', setup: (build) => parts.forEach((part) => void part(build)) };
}

/**
 * Gets a module of Node.js as `require` gives it. An import reads each of its exports, even the lazy ones: that of
 * `node:http` loads `fetch` and WebSocket, for 30 ms and 16 MB.
 */
function requireBuiltins({ onResolve, onLoad }: PluginBuild): void {
  onResolve({ filter: BUILTIN }, ({ path, kind }) => {
    const name = BUILTIN.exec(path)?.[1] ?? '';
    if (kind === 'require-call' || !builtinModules.includes(name)) return undefined;
    return { path: name, namespace: 'builtin', sideEffects: false };
  });
  onLoad({ filter: BUILTIN, namespace: 'builtin' }, ({ path }) => ({
    contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
  }));
}

/**
 * Leaves out of the SDK what only its RPCs need, since a tool makes none: 430 KB of gRPC, protobuf and messages, 90 ms
 * and 17 MB. Whoever calls one nevertheless gets an error that names this plugin.
 */
function leaveOutRpcs({ onResolve, onLoad, resolve }: PluginBuild): void {
  onResolve({ filter: OF_RPCS }, ({ path, importer }) =>
    SDK_FOLDER.test(importer) ? { path, namespace: 'left-out' } : undefined,
  );
  onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => {
    const message = `The esbuild plugin of scalekit-lambda-tools leaves ${path} out: tools make no RPCs.`;
    const fail = `{ if (name !== '__esModule') throw new Error(${JSON.stringify(message)}); }`;
    return { contents: `module.exports = new Proxy({}, { get(_, name) ${fail} });` };
  });
  // The SDK's exceptions translate the codes of gRPC; no ConnectError is ever made.
  onResolve({ filter: /^@connectrpc\/connect$/ }, async ({ path, kind, importer, resolveDir }) => {
    if (kind !== 'require-call' || !SDK_FOLDER.test(importer)) return undefined;
    const entry = await resolve(path, { kind: 'import-statement', resolveDir });
    return { ...entry, namespace: 'grpc-codes', pluginData: resolveDir };
  });
  onLoad({ filter: /./, namespace: 'grpc-codes' }, ({ path, pluginData: resolveDir }) => ({
    contents: `export { Code } from ${JSON.stringify(path)}; export class ConnectError extends Error {}`,
    resolveDir,
  }));
}

/**
 * Leaves out of axios its own adapters, since ours takes their place, and what looks for FormData, which loads `fetch`:
 * 20 ms and 13 MB, together with `requireBuiltins`.
 */
function leaveOutAdapters({ onResolve, onLoad, resolve }: PluginBuild): void {
  // The file that `require` finds is one piece; the one that an import finds has its parts in files of their own.
  onResolve({ filter: /^axios$/ }, ({ path, kind, resolveDir }) =>
    kind === 'require-call' ? resolve(path, { kind: 'import-statement', resolveDir }) : undefined,
  );
  onLoad(
    { filter: /\/axios\/lib\/(?:adapters\/(?:http|xhr|fetch)|platform\/node\/classes\/FormData)\.js$/ },
    () => ({
      contents: 'export default null; export const getFetch = null;',
    }),
  );
  onLoad({ filter: /\/axios\/lib\/utils\.js$/ }, ({ path }) => without(path, FORM_DATA));
}

async function without(path: string, text: string): Promise<OnLoadResult> {
  const source = await readFile(path, 'utf8');
  if (source.includes(text)) return { contents: source.replace(text, 'undefined') };
  return {
    errors: [{ text: `${path} has no ${text}: look in it for FormData, and change lib/esbuild-plugin.ts.` }],
  };
}
