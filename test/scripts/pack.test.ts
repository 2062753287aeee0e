import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { copyProject } from '../support/copy-project.ts';
import { toolSource } from '../support/tool-source.ts';

const PROJECT = join(import.meta.dirname, '../..');
const BLOCK_BYTES = 512;

const Manifest = z.object({
  name: z.string(),
  exports: z.record(z.string(), z.object({ types: z.string(), default: z.string() })),
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});

let copied: Awaited<ReturnType<typeof copyProject>>;
let project: string;
let manifest: z.output<typeof Manifest>;
beforeAll(async () => {
  // `npm pack` replaces package.json for a while, so the test runs it in a copy.
  copied = await copyProject();
  const { folder, copy } = copied;
  const own = await readFile(join(copy, 'package.json'), 'utf8');
  const packed = await copied.run('npm', 'run', 'pack', '--', '--pack-destination', folder);
  expect(packed).toMatchObject({ code: 0 });
  expect(await readFile(join(copy, 'package.json'), 'utf8')).toBe(own);

  project = join(folder, 'empty');
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  const place = join(project, 'node_modules/scalekit-lambda-tools');
  for (const [path, content] of untar(gunzipSync(await readFile(join(folder, tarball))))) {
    const file = join(place, path.replace(/^package\//, ''));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  manifest = Manifest.parse(JSON.parse(await readFile(join(place, 'package.json'), 'utf8')));
  // As after `npm install`, only the declared packages can be imported.
  for (const name of [...Object.keys(manifest.dependencies), 'typescript', '@types/node', 'esbuild'])
    await link(name);
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(project, name), content);
}, 120_000);
afterAll(() => copied.remove());

async function link(name: string): Promise<void> {
  const place = join(project, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(await realpath(join(PROJECT, 'node_modules', name)), place, 'dir');
}

function run(cwd: string, program: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: copied.folder, NO_COLOR: '1' };
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(program, args, { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, output: stdout + stderr });
    });
  });
}

/**
 * Yields the path and the content of each file in a tar archive.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
function* untar(archive: Uint8Array): Generator<[path: string, content: Uint8Array]> {
  const text = (start: number, length: number) =>
    Buffer.from(archive.subarray(start, start + length))
      .toString()
      .replace(/\0.*$/s, '');
  for (let at = 0; at + BLOCK_BYTES <= archive.length && text(at, 100) !== ''; ) {
    const [prefix, name] = [text(at + 345, 155), text(at, 100)];
    const bytes = Number.parseInt(text(at + 124, 12), 8);
    const start = at + BLOCK_BYTES;
    if (text(at + 156, 1) === '0')
      yield [prefix ? `${prefix}/${name}` : name, archive.subarray(start, start + bytes)];
    at = start + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
}

const FILES = {
  'package.json': JSON.stringify({ name: 'empty', type: 'module', private: true }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      allowImportingTsExtensions: true,
    },
    include: ['*.ts'],
  }),
  'tool.ts': toolSource('acme_get_thing'),
  'run.ts': `import { createRunner } from 'scalekit-lambda-tools';
import { inputSchema } from 'scalekit-lambda-tools/schemas';
import { startTestBed } from 'scalekit-lambda-tools/testing';
import { tool } from './tool.ts';

const bed = await startTestBed({ connectors: ['acme'] });
bed.provider.script = () => ({ body: { id: 't1' } });
const { url, clientId, clientSecret } = bed.scalekit;
const runner = createRunner({
  variables: {
    SCALEKIT_ENV_URL: url,
    SCALEKIT_CLIENT_ID: clientId,
    SCALEKIT_CLIENT_SECRET: clientSecret,
    USER_VERIFY_URL: 'none',
  },
  log: () => {},
});
const { id } = await runner.run(tool, { identifier: 'user_ada', input: { thing: 't1' } });
console.log(id, Object.keys(inputSchema(tool).properties).join());
await bed.close();
`,
  'tool.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBed } from 'scalekit-lambda-tools/testing';
import { tool } from './tool.ts';

test('gets a thing', async () => {
  const bed = await startTestBed({ connectors: ['acme'] });
  bed.provider.script = () => ({ body: { id: 't1' } });

  const { status, json } = await bed.environment(tool)({ input: { thing: 'a b' } });

  assert.deepEqual([status, json], [200, { id: 't1' }]);
  assert.equal(bed.provider.requests[0]?.url, '/things/a%20b');
  await bed.close();
});
`,
};

test('the package has the documented exports, as compiled files with types', () => {
  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './lambda',
    './lambda/write',
    './schemas',
    './esbuild',
    './testing',
  ]);
  for (const { types, default: file } of Object.values(manifest.exports)) {
    expect(file).toMatch(/^\.\/dist\/.+\.js$/);
    expect(types).toBe(file.replace(/\.js$/, '.d.ts'));
  }
});

test('the package contains only the modules that its exports need', async () => {
  const place = join(project, 'node_modules/scalekit-lambda-tools');
  const moduleOf = (file: string) => join(place, file).replace(/(?:\.d)?\.[jt]s$/, '');
  const reached = new Set(Object.values(manifest.exports).map(({ types }) => moduleOf(types)));
  // `reached` grows during the loop, and the loop also reads the added modules. Some types are imported only by the
  // declarations (`.d.ts`).
  for (const module of reached) {
    const sources = await Promise.all(['.js', '.d.ts'].map((end) => readFile(module + end, 'utf8')));
    for (const [, path = ''] of sources.join('\n').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]/g))
      reached.add(join(dirname(module), path).replace(/\.[jt]s$/, ''));
  }
  const packed = (await readdir(place, { recursive: true })).filter((name) => /\.\w+$/.test(name));

  expect(packed.filter((name) => !reached.has(moduleOf(name))).sort()).toEqual(['README.md', 'package.json']);
});

test('the package declares exactly the dependencies that it imports, and contains no tests', async () => {
  const dist = join(project, 'node_modules/scalekit-lambda-tools/dist');
  const files = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
  const imported = new Set<string>();
  for (const name of files) {
    const source = await readFile(join(dist, name), 'utf8');
    for (const [, specifier = ''] of source.matchAll(
      /(?:from|import)\s*\(?\s*'((?:@[a-z\d-]+\/)?[a-z\d][\w.:/-]*)'/g,
    ))
      if (!specifier.startsWith('node:')) imported.add(/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '');
  }

  expect(files.length).toBeGreaterThan(100);
  expect(
    [...imported].filter(
      (name) =>
        name !== manifest.name && !(name in manifest.dependencies) && !(name in manifest.peerDependencies),
    ),
  ).toEqual([]);
  // Packages that only this repository's tools need are bundled with them. @types/aws-lambda is imported only by the
  // declarations (`.d.ts`).
  expect(Object.keys(manifest.dependencies).filter((name) => !imported.has(name))).toEqual([
    '@types/aws-lambda',
  ]);
  expect(files.filter((name) => name.startsWith('test/'))).toEqual([]);
});

test('a tool compiles, runs and passes its test in an empty project that uses the package', async () => {
  expect(await run(project, join(PROJECT, 'node_modules/.bin/tsc'), '-p', '.')).toEqual({
    code: 0,
    output: '',
  });
  expect(await run(project, process.execPath, 'run.ts')).toEqual({ code: 0, output: 't1 thing\n' });
  expect(await run(project, process.execPath, '--test', 'tool.test.ts')).toMatchObject({ code: 0 });
}, 60_000);

test('the exported plugin leaves gRPC and the adapters of axios out of a bundle', async () => {
  await writeFile(
    join(project, 'bundle.ts'),
    `import { build } from 'esbuild';
import { lambdaTools } from 'scalekit-lambda-tools/esbuild';

const { metafile } = await build({
  entryPoints: ['tool.ts'],
  outfile: 'slim.mjs',
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  external: ['@aws-sdk/*'],
  plugins: [lambdaTools()],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
const inputs = Object.keys(Object.values(metafile.outputs)[0]?.inputs ?? {});
console.log(inputs.filter((name) => /connect-node|protobuf|_pb|form-data/.test(name)).filter((name) => !name.startsWith('left-out')).join());
const { handler } = await import('./slim.mjs');
try {
  await handler({}, {});
} catch (error) {
  console.log(Object(error).name);
}
`,
  );

  expect(await run(project, process.execPath, 'bundle.ts')).toEqual({
    code: 0,
    output: '\nSettingsError\n',
  });
  expect((await readFile(join(project, 'slim.mjs'))).length).toBeLessThan(330_000);
});

test.each([
  ['@scalekit-sdk/node', "import { ScalekitClient } from '@scalekit-sdk/node'; console.log(ScalekitClient);"],
  ['axios', "import axios from 'axios'; await axios.get('http://127.0.0.1');"],
])('the exported plugin stops the build if the code itself uses %s', async (name, source) => {
  await writeFile(join(project, 'other-use.ts'), source);
  await writeFile(
    join(project, 'bundle-other-use.ts'),
    `import { build } from 'esbuild';
import { lambdaTools } from 'scalekit-lambda-tools/esbuild';

const options = { entryPoints: ['other-use.ts'], outfile: 'other.mjs', bundle: true, platform: 'node', format: 'esm' } as const;
const { errors } = await build({ ...options, logLevel: 'silent', plugins: [lambdaTools()] }).catch((failed) => failed);
console.log(errors.map(({ text }: { text: string }) => text).join());
`,
  );

  const { code, output } = await run(project, process.execPath, 'bundle-other-use.ts');

  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`other-use\\.ts imports ${name}, which the esbuild plugin .* leaves out`),
    ),
  });
});

test('a handler can be bundled without Serverless, and the bundle needs no other files', async () => {
  const bundle = join(copied.folder, 'bundle.mjs');
  const banner =
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const { code } = await run(
    project,
    join(PROJECT, 'node_modules/.bin/esbuild'),
    'tool.ts',
    '--bundle',
    '--minify',
    '--platform=node',
    '--format=esm',
    '--target=node24',
    '--external:@aws-sdk/*',
    `--banner:js=${banner}`,
    `--outfile=${bundle}`,
  );
  expect(code).toBe(0);

  const script = `const { handler } = await import(${JSON.stringify(bundle)});
    try {
      await handler({}, {});
    } catch ({ name, message }) {
      console.log(name + ': ' + message.slice(0, 32));
    }`;
  const { output } = await run(copied.folder, process.execPath, '--input-type=module', '--eval', script);

  expect(output).toBe('SettingsError: SCALEKIT_ENV_URL is not set; it \n');
  expect((await readFile(bundle, 'utf8')).includes('client-dynamodb')).toBe(false);
});
