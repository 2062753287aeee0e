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

// The emulated Scalekit of `./testing` is made of them. No function needs them, so that here they are for development.
const OF_TESTING = ['@bufbuild/protobuf', '@connectrpc/connect', '@connectrpc/connect-node'];

// The first that has all that the library uses; this project itself brings its own Node.
const ENGINES = { node: '>=22.12' };

/** The manifest of the package that others install: its exports are the compiled files, and nothing in it is for this project alone. */
export function publishedManifest(manifest: unknown): object {
  const { devDependencies, ...published } = Manifest.parse(manifest);
  const ofTesting = Object.entries(devDependencies).filter(([name]) => OF_TESTING.includes(name));
  return {
    ...published,
    dependencies: { ...published.dependencies, ...Object.fromEntries(ofTesting) },
    // Only who bundles with the plugin of `./esbuild` needs it.
    peerDependencies: { esbuild: devDependencies.esbuild },
    peerDependenciesMeta: { esbuild: { optional: true } },
    engines: ENGINES,
    exports: Object.fromEntries(
      Object.entries(published.exports).map(([subpath, source]) => [subpath, compiled(source)]),
    ),
  };
}

/** What a source is compiled to; Node takes no TypeScript from a package. */
function compiled(source: string) {
  const file = source.replace(/^\.\//, './dist/').replace(/\.ts$/, '');
  return { types: `${file}.d.ts`, default: `${file}.js` };
}
