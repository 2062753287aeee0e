import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { CheckError } from './check-error.ts';
import { runProgram } from './run-program.ts';
import { SDK } from './sdk-package.ts';

const FILE = /^(?:file:|\.{0,2}\/|(?!\w+:\/\/).*\.tgz$)/;
const NpmFailure = z.object({ error: z.object({ summary: z.string() }) });
const Package = z.object({ version: z.string() });

/**
 * Installs the SDK alone, with its dependencies: those of the lock file where the SDK allows them, as an upgrade would.
 * @param wanted what npm understands after `@`: a version, a range, a tag, a tarball
 * @returns the version that was installed
 * @throws CheckError where npm cannot install it
 */
export async function installSdk(
  wanted: string,
  { project, folder, signal }: { project: string; folder: string; signal: AbortSignal },
): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  for (const file of ['package-lock.json', '.npmrc']) await cp(join(project, file), join(folder, file));

  const spec = `${SDK}@${FILE.test(wanted) ? absoluteFile(wanted) : wanted}`;
  const options = ['--prefix', folder, '--ignore-scripts', '--install-links', '--no-audit', '--json'];
  const [npm, ...npmArguments] = npmCommand();
  const { exitCode, stdout, stderr } = await runProgram(
    npm,
    [...npmArguments, 'install', ...options, '--', spec],
    { cwd: folder, signal },
  );
  if (exitCode !== 0) throw new CheckError(`npm cannot install ${spec}: ${reasonOf(stdout, stderr)}`);

  const manifest = await readFile(join(folder, 'node_modules', SDK, 'package.json'), 'utf8');
  return Package.parse(JSON.parse(manifest)).version;
}

/** npm itself would look for it in the temporary folder. */
function absoluteFile(wanted: string): string {
  return `file:${resolve(process.env.INIT_CWD ?? '.', wanted.replace(/^file:/, ''))}`;
}

/** The npm that runs this script, or else the one on the path. */
function npmCommand(): [string, ...string[]] {
  const { npm_execpath: running = '' } = process.env;
  return basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

function reasonOf(stdout: string, stderr: string): string {
  try {
    const { error } = NpmFailure.parse(JSON.parse(stdout));
    return error.summary.split('\n', 1).join();
  } catch {
    return stderr.trim().split('\n').at(-1) || 'it gives no reason.';
  }
}
