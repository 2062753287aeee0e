import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const PROJECT = join(import.meta.dirname, '../..');
// Of all packages, these alone are part of Lambda's runtime, beside the folder of the function.
const OF_THE_RUNTIME = ['@aws-sdk', '@smithy', '@aws', 'tslib'];

/** The files of a zip. */
export async function filesOfZip(zip: string): Promise<[path: string, content: Uint8Array][]> {
  return Object.entries(unzipSync(await readFile(zip)));
}

export interface ZipRun {
  zip: string;
  /** As Lambda has it, such as `functions/gmail/list-unread.handler`. */
  handler: string;
  event: unknown;
  variables: Readonly<Record<string, string>>;
}

/** Unpacks a zip in a folder of its own below another one, and runs its handler there as Lambda does. */
export async function runZip(
  folder: string,
  { zip, handler, event, variables }: ZipRun,
): Promise<{ answer: unknown; written: string }> {
  const root = await mkdtemp(join(folder, 'zip-'));
  const task = join(root, 'task');
  for (const [path, content] of await filesOfZip(zip)) {
    await mkdir(dirname(join(task, path)), { recursive: true });
    await writeFile(join(task, path), content);
  }
  await mkdir(join(root, 'node_modules'));
  for (const name of OF_THE_RUNTIME)
    await symlink(join(PROJECT, 'node_modules', name), join(root, 'node_modules', name), 'dir');
  const module = join(task, handler.replace(/\.handler$/, '.mjs'));
  const script = `
    const { handler } = await import(${JSON.stringify(module)});
    const answer = await handler(${JSON.stringify(event)}, { awsRequestId: 'r1', getRemainingTimeInMillis: () => 10000 });
    console.log('ANSWER' + JSON.stringify(answer));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: task,
    env: { AWS_LAMBDA_FUNCTION_NAME: 'deployed', ...variables },
  });
  const [written = '', answered = ''] = stdout.split('ANSWER');
  return { written, answer: JSON.parse(answered) };
}
