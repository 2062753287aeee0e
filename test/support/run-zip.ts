import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const PROJECT = join(import.meta.dirname, '../..');
// Lambda's runtime contains only these packages, outside the folder of the function.
const OF_THE_RUNTIME = ['@aws-sdk', '@smithy', '@aws', 'tslib'];

/** Returns the files of a zip. */
export async function filesOfZip(zip: string): Promise<[path: string, content: Uint8Array][]> {
  return Object.entries(unzipSync(await readFile(zip)));
}

interface PackedFunction {
  zip: string;
  /** The handler, as in the settings of the Lambda function, such as `functions/gmail/list-unread.handler`. */
  handler: string;
}

/**
 * Unpacks each zip file to its own folder. Runs the handlers in the same way as Lambda, one after another in one
 * process.
 * @param times the number of calls of each handler
 * @param remainingMs the remaining time of each invocation
 * @returns the response of each handler, the output of all handlers, and the modules of Node.js that were loaded
 */
export async function runZips(
  folder: string,
  functions: readonly PackedFunction[],
  event: unknown,
  variables: Readonly<Record<string, string>>,
  times = 1,
  remainingMs = 10_000,
): Promise<{ answers: unknown[]; written: string; loaded: string[] }> {
  const modules = await Promise.all(functions.map((one) => unpack(folder, one)));
  const script = `
    const answers = [];
    for (const module of ${JSON.stringify(modules)}) {
      const { handler } = await import(module);
      for (let left = ${times}; left > 0; left -= 1)
        answers.push(await handler(${JSON.stringify(event)}, { awsRequestId: 'r1', getRemainingTimeInMillis: () => ${remainingMs} }));
    }
    console.log('ANSWERS' + JSON.stringify({ answers, loaded: process.moduleLoadList }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: { AWS_LAMBDA_FUNCTION_NAME: 'deployed', ...variables },
  });
  const [written = '', answered = ''] = stdout.split('ANSWERS');
  return { written, ...JSON.parse(answered) };
}

/**
 * Loads a function in the same way as Lambda. Directly after that, another process sends the request `/loaded` to the
 * server, so the function's process has no time for other work.
 */
export async function loadZip(
  folder: string,
  packed: PackedFunction,
  variables: Readonly<Record<string, string>>,
  server: string,
): Promise<void> {
  const module = await unpack(folder, packed);
  const tell = `await fetch(${JSON.stringify(`${server}/loaded`)})`;
  const script = `
    import { execFileSync } from 'node:child_process';
    await import(${JSON.stringify(module)});
    execFileSync(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(tell)}]);
    process.exit();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: { AWS_LAMBDA_FUNCTION_NAME: 'deployed', ...variables },
  });
}

/** Unpacks a zip file, and returns the path of the function's module. */
async function unpack(folder: string, { zip, handler }: PackedFunction): Promise<string> {
  const root = await mkdtemp(join(folder, 'zip-'));
  const task = join(root, 'task');
  for (const [path, content] of await filesOfZip(zip)) {
    await mkdir(dirname(join(task, path)), { recursive: true });
    await writeFile(join(task, path), content);
  }
  await mkdir(join(root, 'node_modules'));
  for (const name of OF_THE_RUNTIME)
    await symlink(join(PROJECT, 'node_modules', name), join(root, 'node_modules', name), 'dir');
  return join(task, handler.replace(/\.handler$/, '.mjs'));
}
