import * as z from 'zod';

const Names = z.record(z.string(), z.string());
const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal('module'),
  sideEffects: z.literal(false),
  exports: Names,
  files: z.array(z.string()),
  dependencies: Names,
  devDependencies: Names,
});

// The first Node.js version that supports everything that the library uses. This project itself uses a newer version.
const ENGINES = { node: '>=22.12' };

type Manifest = z.output<typeof Manifest>;

/**
 * Returns the fields of this project's package.json that the package also has.
 * @throws ZodError
 */
export function parseManifest(manifest: unknown): Manifest {
  return Manifest.parse(manifest);
}

/**
 * Returns the package.json of the published package. Its exports are the compiled files.
 * @param imported the packages that the compiled files import. Only these packages become dependencies. The emulated
 * Scalekit in `./testing` needs some of them
 */
export function publishedManifest(
  { devDependencies, ...published }: Manifest,
  imported: ReadonlySet<string>,
): object {
  const { esbuild, ...installed } = { ...devDependencies, ...published.dependencies };
  return {
    ...published,
    dependencies: Object.fromEntries(Object.entries(installed).filter(([name]) => imported.has(name))),
    // Only the plugin in `./esbuild` needs esbuild.
    peerDependencies: { esbuild },
    peerDependenciesMeta: { esbuild: { optional: true } },
    engines: ENGINES,
    exports: Object.fromEntries(
      Object.entries(published.exports).map(([subpath, source]) => [subpath, compiled(source)]),
    ),
  };
}

/**
 * Returns the paths of the compiled file for a source file. The package contains compiled files, because Node.js does
 * not load TypeScript from a package.
 */
function compiled(source: string) {
  const file = source.replace(/^\.\//, './dist/').replace(/\.ts$/, '');
  return { types: `${file}.d.ts`, default: `${file}.js` };
}
