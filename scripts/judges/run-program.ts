import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a program until it ends. The output goes to files, because some programs exit before a pipe has received all
 * their output.
 * @returns the exit code and the output. The exit code is not a number if the program could not start or was killed
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, variables = {} }: { cwd: string; variables?: NodeJS.ProcessEnv },
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'output-'));
  const files = ['stdout', 'stderr'].map((name) => join(folder, name));
  const handles = await Promise.all(files.map((file) => open(file, 'w')));
  try {
    const code = await new Promise((resolve) => {
      const env = { ...process.env, NO_COLOR: '1', ...variables };
      const child = spawn(program, args, { cwd, env, stdio: ['ignore', ...handles.map(({ fd }) => fd)] });
      child.once('error', resolve);
      child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    const [stdout = '', stderr = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    return { code, stdout, stderr };
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
    await rm(folder, { recursive: true });
  }
}

/**
 * Runs a program that must succeed.
 * @returns its standard output
 * @throws Error with the program's output
 */
export async function runToSuccess(...program: Parameters<typeof runProgram>): Promise<string> {
  const { code, stdout, stderr } = await runProgram(...program);
  if (code === 0) return stdout;
  throw new Error(`${program[0]} ${program[1].join(' ')} ended with ${code}.\n${stderr}${stdout}`);
}
