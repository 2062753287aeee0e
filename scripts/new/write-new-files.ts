import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../local/command-line/usage-error.ts';

/**
 * Formats new files before it writes them. Each file is therefore written once, and a running `npm start` reloads a
 * new tool only once.
 * @param files the content of each file; the keys are paths in the project
 * @throws UsageError if one of the files exists
 */
export async function writeNewFiles(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  const formattedFiles = await Promise.all(
    Object.entries(files).map(
      async ([path, content]) => [path, await format(project, path, content)] as const,
    ),
  );
  for (const [path, formatted] of formattedFiles) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), formatted, { flag: 'wx' }).catch((cause: unknown) => {
      const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
      throw isThere ? new UsageError(`${path} is there already, and stays as it is.`, { cause }) : cause;
    });
  }
}

/** Returns the formatted content. The path decides which format rules apply. */
async function format(project: string, path: string, content: string): Promise<string> {
  const biome = join(project, 'node_modules/.bin/biome');
  const formatting = promisify(execFile)(biome, ['check', '--write', `--stdin-file-path=${path}`], {
    cwd: project,
  });
  formatting.child.stdin?.end(content);
  return (await formatting).stdout;
}
