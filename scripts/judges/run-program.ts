import { execFile } from 'node:child_process';

const OUTPUT_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Runs a program until it ends.
 * @returns the exit code and the output; the exit code is not a number if the program could not start or was killed
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, variables = {} }: { cwd: string; variables?: NodeJS.ProcessEnv },
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = { ...process.env, NO_COLOR: '1', ...variables };
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: OUTPUT_LIMIT_BYTES }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr });
    });
  });
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
