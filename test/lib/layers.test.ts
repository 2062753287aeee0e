import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';

const LIB = join(import.meta.dirname, '../../lib');

/**
 * The folders of `lib/`, from the lowest layer to the highest. A file may import only from its own folder and from
 * lower layers. This also applies to types.
 */
const LAYERS = [
  ['cache', 'text', 'time'],
  ['errors', 'http-client'],
  ['identity', 'provider'],
  ['contract'],
  ['schemas', 'settings', 'surfaces', 'telemetry'],
  ['aws'],
  ['leases', 'scalekit'],
  ['runtime'],
  ['writes'],
  // The files directly in lib/, which are the entry points of the package and the bundles.
  ['.'],
  ['accounts', 'agentcore', 'discovery', 'mcp'],
  ['deploy'],
];
const LAYER_OF = new Map(
  LAYERS.flatMap((folders, layer) => folders.map((folder) => [folder, layer] as const)),
);

// A file in lib/ may import package.json, which contains the version.
const OUTSIDE = new Set(['../package.json']);
// Matches imports, re-exports, and imports of types in JSDoc. A path with a template variable does not count, because
// it is not yet an import.
const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.[^'$]*)'/g;

/** Returns the folder of a file. Both paths are relative to `lib/`. */
const folderOf = (file: string) => (dirname(file) === '.' ? '.' : (file.split('/')[0] ?? ''));

/** Returns the imports of a file that violate the layers, as `importer → imported`. */
function faultyImports(file: string, source: string): string[] {
  const own = folderOf(file);
  return [...source.matchAll(IMPORT)]
    .map(([, specifier = '']) => posix.join(dirname(file), specifier))
    .filter((imported) => {
      if (OUTSIDE.has(imported)) return false;
      const layer = LAYER_OF.get(folderOf(imported));
      const isLower = layer !== undefined && layer < (LAYER_OF.get(own) ?? 0);
      return folderOf(imported) !== own && !isLower;
    })
    .map((imported) => `${file} → ${imported}`);
}

const files = globSync('**/*.{ts,js}', { cwd: LIB }).sort();

test('every folder of lib/ belongs to a layer', () => {
  expect([...LAYER_OF.keys()].sort()).toEqual([...new Set(files.map(folderOf))].sort());
});

test('every import refers to the same folder or a lower layer', async () => {
  const faults = files.map(async (file) => faultyImports(file, await readFile(join(LIB, file), 'utf8')));

  expect((await Promise.all(faults)).flat()).toEqual([]);
});

test.each([
  ['an import', "import { readTool } from '../contract/define-tool.ts';", 'contract/define-tool.ts'],
  ['a type', "import type { Tool } from '../contract/define-tool.ts';", 'contract/define-tool.ts'],
  ['many lines', "import {\n  type A,\n  b,\n} from '../runtime/chain.ts';", 'runtime/chain.ts'],
  ['a side effect', "import '../lambda-start.ts';", 'lambda-start.ts'],
  ['a re-export', "export { b } from '../runtime/chain.ts';", 'runtime/chain.ts'],
  ['an import inside a function', "await import('../runtime/chain.ts');", 'runtime/chain.ts'],
  ['a type in JSDoc', "/** @param {import('../runtime/chain.ts').Chain} chain */", 'runtime/chain.ts'],
  [
    'a folder of the same layer',
    "import { ToolError } from '../errors/tool-error.ts';",
    'errors/tool-error.ts',
  ],
  ['an unknown folder', "import { a } from '../utils/a.ts';", 'utils/a.ts'],
  ['a file outside lib/', "import { a } from '../../local/a.ts';", '../local/a.ts'],
])('an import from a higher layer in http-client is found: %s', (_, source, imported) => {
  expect(faultyImports('http-client/retries.ts', source)).toEqual([`http-client/retries.ts → ${imported}`]);
});

test.each(["from './http-client.ts'", "from '../time/deadline.ts'", "from 'node:http'"])(
  'an import in http-client is allowed: %s',
  (source) => {
    expect(faultyImports('http-client/retries.ts', source)).toEqual([]);
  },
);
