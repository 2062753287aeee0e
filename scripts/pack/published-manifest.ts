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

// The first that has all that the library uses; this project itself brings its own Node.
const ENGINES = { node: '>=22.12' };

type Manifest = z.output<typeof Manifest>;

/** The fields of this project's manifest that the package has as well. @throws ZodError */
export function parseManifest(manifest: unknown): Manifest {
  return Manifest.parse(manifest);
}

/**
 * The manifest of the package that others install. Its exports are the compiled files.
 * @param imported the packages that the compiled files import; only these become dependencies, such as those of the
 * emulated Scalekit of `./testing`, which no function of this project needs
 */
export function publishedManifest(
  { devDependencies, ...published }: Manifest,
  imported: ReadonlySet<string>,
): object {
  const { esbuild, ...installed } = { ...devDependencies, ...published.dependencies };
  return {
    ...published,
    dependencies: Object.fromEntries(Object.entries(installed).filter(([name]) => imported.has(name))),
    // Only the plugin of `./esbuild` needs it.
    peerDependencies: { esbuild },
    peerDependenciesMeta: { esbuild: { optional: true } },
    engines: ENGINES,
    exports: Object.fromEntries(
      Object.entries(published.exports).map(([subpath, source]) => [subpath, compiled(source)]),
    ),
  };
}

/** The compiled file of a source, because Node.js loads no TypeScript from a package. */
function compiled(source: string) {
  const file = source.replace(/^\.\//, './dist/').replace(/\.ts$/, '');
  return { types: `${file}.d.ts`, default: `${file}.js` };
}
