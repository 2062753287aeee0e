import { execFile } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { COMPILE_CACHE } from './compile-cache.ts';

const PROJECT = join(import.meta.dirname, '../..');
const LEFT_OUT = [
  'node_modules',
  'scripts/node/node_modules',
  '.git',
  // With this file, a copy would use the developer's real Scalekit environment.
  '.env',
  '.serverless',
  '.esbuild',
  '.generated',
  'coverage',
  'dist',
  'schemas',
];

/**
 * Copies this project to a new folder, for tests that write into it.
 * @param isInstalled true if the copy gets the dependencies of this project; if false, the copy is like a new checkout
 */
export async function copyProject({ isInstalled = true } = {}) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'copy-')));
  const copy = join(folder, 'project');
  const leftOut = LEFT_OUT.map((name) => join(PROJECT, name));
  // The synchronous function is much faster than the asynchronous one, and several tests need a copy.
  cpSync(PROJECT, copy, { recursive: true, filter: (path) => !leftOut.includes(path) });
  if (isInstalled) await linkDependencies(copy);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);

  return {
    folder,
    copy,
    /** The folder for temporary files of the programs that run in the copy. */
    temporary,
    /** Runs a program in the copy, and returns its exit code and output. */
    run: (program: string, ...args: string[]) => runWith({}, program, ...args),
    /** Runs a program in the copy with additional environment variables. */
    runWith,
    remove: () => rm(folder, { recursive: true }),
  };

  function runWith(variables: Readonly<Record<string, string>>, program: string, ...args: string[]) {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: temporary,
      NO_COLOR: '1',
      ...COMPILE_CACHE,
      ...variables,
    };
    return new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(program, args, { cwd: copy, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, output: stdout + stderr });
      });
    });
  }
}

async function linkDependencies(copy: string): Promise<void> {
  await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  // tsc resolves the link to node_modules. With the changed paths, it checks only the files that the copy changes.
  const buildInfo = join(copy, '.tsbuildinfo');
  if (!existsSync(buildInfo)) return;
  const text = await readFile(buildInfo, 'utf8');
  await writeFile(
    buildInfo,
    text.replaceAll('"./node_modules/', `"${relative(copy, PROJECT)}/node_modules/`),
  );
}
