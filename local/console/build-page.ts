import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const PAGE = join(import.meta.dirname, 'page');

/** The files of the console's page, ready to send. */
export interface ConsolePage {
  html: string;
  /** One module, at `/console.js`. */
  script: string;
  /** The stylesheet, at `/console.css`. */
  style: string;
}

/** Bundles the page in memory. Rejects if a source file has an error. */
export async function buildConsolePage(): Promise<ConsolePage> {
  const [html, { outputFiles }] = await Promise.all([
    readFile(join(PAGE, 'index.html'), 'utf8'),
    build({
      entryPoints: [join(PAGE, 'main.tsx'), join(PAGE, 'style/console.css')],
      outdir: PAGE,
      bundle: true,
      write: false,
      minify: true,
      charset: 'utf8',
      format: 'esm',
      jsx: 'transform',
      jsxFactory: 'h',
      jsxFragment: 'Fragment',
      inject: [join(PAGE, 'jsx-factory.ts')],
      // Replaces tsconfig.json, whose settings for JSX do not fit this page.
      tsconfigRaw: {},
      target: ['chrome125', 'firefox126', 'safari18'],
      logLevel: 'silent',
    }),
  ]);
  const file = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { html, script: file('.js'), style: file('.css') };
}
