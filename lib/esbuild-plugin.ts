import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';

const BUILTIN = /^(?:node:)?([\w/]+)$/;
// Modules that the SDK needs only for its RPCs (gRPC calls). The SDK also needs `qs` for a token request, but we
// replace this request.
const OF_RPCS = /^(?:@bufbuild\/protobuf|qs|\.{1,2}\/pkg\/.+_pb)$/;
const SDK_FOLDER = /\/@scalekit-sdk\/node\/lib\b/;
const LEFT_OUT =
  'which the esbuild plugin of scalekit-lambda-tools leaves out. Bundle this function without the plugin.';
const FORM_DATA = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/**
 * An esbuild plugin for functions with tools. It removes parts of Node.js and of the Scalekit SDK that no call needs.
 * A bundle also works without the plugin, but starts about 100 ms later and needs 30 MB more memory.
 * docs/performance.md has the figures. Use it with `format: 'esm'` and `platform: 'node'`.
 * @returns the plugin. It fails the build if a function's own code uses ScalekitClient or axios, because the plugin
 * removes parts of both. It also fails the build if axios no longer contains the code that the plugin replaces
 */
export function lambdaTools(): Plugin {
  const parts = [refuseOtherUses, requireBuiltins, leaveOutRpcs, leaveOutAdapters];
  return { name: 'lambda-tools', setup: (build) => parts.forEach((part) => void part(build)) };
}

/**
 * Fails the build if code outside the SDK imports axios, or if any code imports the SDK's entry module. The bundle
 * lacks parts of axios, and the entry module's clients make RPCs.
 */
function refuseOtherUses({ onResolve }: PluginBuild): void {
  onResolve({ filter: /^(?:@scalekit-sdk\/node|axios)$/ }, ({ path, importer }) => {
    const isOfSdk =
      path === 'axios' && (importer === '' || /\/node_modules\/(?:@scalekit-sdk|axios)\//.test(importer));
    return isOfSdk ? undefined : { errors: [{ text: `${importer} imports ${path}, ${LEFT_OUT}` }] };
  });
}

/**
 * Replaces imports of Node.js modules with `process.getBuiltinModule`. An import would evaluate every export of the
 * module, including exports that Node.js loads only when they are used. For `node:http`, this would load `fetch` and
 * WebSocket, which costs 30 ms and 16 MB.
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
 * Removes the parts of the SDK that only RPCs need, because tools make no RPCs. This saves 430 KB of code, 90 ms at
 * start, and 17 MB of memory. A call of a removed part throws an error that names this plugin.
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
  // The SDK's exceptions use two exports of this module: the gRPC codes and the class ConnectError. Nothing creates a
  // ConnectError, so an empty class is enough.
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
 * Removes axios' own adapters, because our adapter replaces them. Also removes the code that looks for FormData,
 * because this code loads `fetch`. Together with `requireBuiltins`, this saves 20 ms and 13 MB.
 */
function leaveOutAdapters({ onResolve, onLoad, resolve }: PluginBuild): void {
  // `require('axios')` would load axios as a single file. An import loads separate files, which we can replace one by
  // one.
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
