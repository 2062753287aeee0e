import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The error if Serverless could not package the functions. The message contains the output of Serverless. */
export class PackagingError extends Error {
  override readonly name = 'PackagingError';
}

/**
 * Packages functions in the same way as a deployment with Serverless. The zips do not depend on the stage or its
 * settings.
 * @param globs the names of the tools; an empty list selects all tools
 * @param folder the folder for the zips
 * @param variables the environment variables in addition to those of the process
 * @throws PackagingError
 */
export async function packageFunctions(
  project: string,
  {
    globs,
    folder,
    variables = {},
  }: { globs: readonly string[]; folder: string; variables?: NodeJS.ProcessEnv },
): Promise<void> {
  const { bin }: { bin: { serverless: string } } = JSON.parse(
    await readFile(join(project, 'node_modules/serverless/package.json'), 'utf8'),
  );
  const serverless = join(project, 'node_modules/serverless', bin.serverless);
  const parameters = { tools: globs.join(','), agentCore: true };
  const args = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  await new Promise<void>((done, fail) => {
    execFile(
      process.execPath,
      [serverless, 'package', '--package', folder, ...args],
      { cwd: project, env: { ...process.env, ...variables } },
      (error, stdout, stderr) => {
        if (error) fail(new PackagingError(`The functions cannot be packaged.\n${stderr}${stdout}`));
        else done();
      },
    );
  });
}
