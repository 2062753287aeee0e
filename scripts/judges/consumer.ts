import { cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Finding } from './compare-findings.ts';
import type { Judge } from './judge.ts';
import { runProgram } from './run-program.ts';

const Manifest = z.object({
  name: z.string(),
  exports: z.record(z.string(), z.unknown()),
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});
const FAULT = /^(?<place>[^(\s][^(]*)\((?<line>\d+),\d+\): error (?<code>TS\d+): (?<message>.*)$/gm;
const CONFIGURATION = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  },
  include: ['*.ts'],
};

/**
 * Checks the types of the packed library: compiles a project that uses the library. The compiler also checks the
 * declarations of libraries (`skipLibCheck` is off).
 */
export const judgeConsumer: Judge = async ({ project, packages, packed, folder }) => {
  const library = await packed();
  const manifest = Manifest.parse(JSON.parse(await readFile(join(library.folder, 'package.json'), 'utf8')));
  // We copy the library instead of linking it. The copy can import only the packages that its manifest declares.
  await cp(library.folder, join(folder, 'node_modules', manifest.name), { recursive: true });
  const needed = [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
    '@types/node',
  ];
  for (const name of needed) await link(join(project, 'node_modules', name), folder, name);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIGURATION));
  await writeFile(join(folder, 'consumer.ts'), importsOf(manifest));
  const compilers = [project, packages].map((place) => join(place, 'node_modules/.bin/tsc'));
  const judged = await Promise.all(compilers.map((compiler) => compile(compiler, folder)));
  return {
    judged: `types, with TypeScript ${judged.map(({ version }) => version).join(' and ')}`,
    findings: judged.flatMap(({ findings }) => findings),
  };
};

async function link(target: string, folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(await realpath(target), place, 'dir');
}

function importsOf({ name, exports }: z.output<typeof Manifest>): string {
  const paths = Object.keys(exports).map((subpath) => join(name, subpath));
  return [
    ...paths.map((path, index) => `import * as part${index} from '${path}';`),
    `console.log(${paths.map((_, index) => `part${index}`).join(', ')});`,
  ].join('\n');
}

async function compile(compiler: string, cwd: string): Promise<{ version: string; findings: Finding[] }> {
  const version = (await runProgram(compiler, ['--version'], { cwd })).stdout.replace('Version', '').trim();
  const { code, stdout } = await runProgram(compiler, ['-p', '.', '--pretty', 'false'], { cwd });
  const faults = [...stdout.matchAll(FAULT)].map(({ groups = {} }) => ({
    finding: `TypeScript ${version.split('.')[0]} ${groups.code}: ${groups.place?.replace(/^.*node_modules\//, '')}`,
    detail: `line ${groups.line}: ${groups.message}`,
  }));
  if (code !== 0 && faults.length === 0) throw new Error(`TypeScript ${version} did not run.\n${stdout}`);
  return { version, findings: faults };
}
