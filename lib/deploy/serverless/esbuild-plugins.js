// The esbuild plugins for serverless-esbuild. serverless.yml contains the other build options. docs/performance.md
// shows the effect of each plugin.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { lambdaTools } from '../../esbuild-plugin.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const TOOL = /(?:^|\/)functions\/[\w-]+\/[\w-]+\.ts$/;
const OURS = /\/(?:functions|lib)\/[\w/-]+\.ts$/;

/** @param {string} file */
const importOf = (file) => JSON.stringify(join(PROJECT, 'lib', file));

/**
 * Requests the access token before any other module loads. Yields to the event loop between modules, so that the
 * request can make progress. With this plugin, a cold start takes 0.46 times as long as the baseline; without it, 0.51
 * times.
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
    // package.json declares that our modules have no side effects, and esbuild would remove this import. But the
    // module has a side effect: it requests the token.
    onResolve({ filter: /\/lambda-start\.ts$/ }, ({ path }) => ({ path, sideEffects: true }));
    onLoad({ filter: OURS, namespace: 'file' }, async ({ path }) => {
      if (tools.size === 0) return undefined;
      const source = await readFile(path, 'utf8');
      // We add code only to the first line and after the last line, so that line numbers do not change.
      const first = tools.has(path) ? `import ${importOf('lambda-start.ts')};` : '';
      const last = `import { yieldToEventLoop as __yieldToEventLoop } from ${importOf('time/yield-to-event-loop.ts')}; await __yieldToEventLoop();`;
      const contents = `${first}${source}\n${path.endsWith('/yield-to-event-loop.ts') ? '' : last}`;
      return { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

/**
 * Leaves out nodemailer's HTTP client (7 KB), because the composer of mails must not load URLs.
 * @type {import('esbuild').Plugin}
 */
const withoutMailFetch = {
  name: 'without-mail-fetch',
  setup({ onLoad }) {
    const message =
      'lib/deploy/serverless/esbuild-plugins.js leaves this out: the composer must not load URLs.';
    onLoad({ filter: /\/nodemailer\/dist\/esm\/fetch\/index\.js$/ }, () => ({
      contents: `export default () => { throw new Error(${JSON.stringify(message)}); };`,
    }));
  },
};

const PLUGINS = [lambdaTools(), tokenMeanwhile, withoutMailFetch];

/**
 * Bundles all tools in one build, because esbuild then reads each shared file only once. serverless-esbuild still runs
 * one build per function. Each of these builds writes an empty file, which this plugin then replaces with the finished
 * bundle.
 * @param {string[]} entries the tools' files, relative to the project
 * @returns {import('esbuild').Plugin}
 */
function allTools(entries) {
  /** @type {Promise<import('esbuild').BuildResult> | undefined} */
  let bundles;
  return {
    name: 'all-tools',
    setup({ initialOptions, esbuild, onLoad, onEnd }) {
      const { entryPoints, outdir = '' } = initialOptions;
      const [entry] = Array.isArray(entryPoints) ? entryPoints : [];
      if (typeof entry !== 'string' || !entries.includes(entry)) return;
      const name = join(outdir, parse(entry).name);
      const options = { ...initialOptions };
      // The joint build of all tools prints its errors itself.
      initialOptions.logLevel = 'silent';
      /** @type {import('esbuild').OutputFile[]} */
      let own = [];
      onLoad({ filter: TOOL, namespace: 'file' }, async () => {
        bundles ??= esbuild.build({
          ...options,
          entryPoints: entries,
          outbase: PROJECT,
          outdir: outdir.slice(0, -dirname(entry).length),
          plugins: PLUGINS,
          write: false,
        });
        try {
          const { outputFiles = [] } = await bundles;
          own = outputFiles.filter(({ path }) => path.startsWith(`${name}.`));
          return { contents: '' };
        } catch (error) {
          return { errors: Object(error).errors };
        }
      });
      onEnd(async () => {
        await Promise.all(own.map(({ path, contents }) => writeFile(path, contents)));
      });
    },
  };
}

/** @param {{ service: { functions: Readonly<Record<string, { handler: string }>> } }} serverless */
export default function esbuildPlugins({ service }) {
  const files = Object.values(service.functions).map(({ handler }) => handler.replace(/\.\w+$/, '.ts'));
  return [allTools(files.filter((file) => TOOL.test(file))), ...PLUGINS];
}
