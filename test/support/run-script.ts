import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { COMPILE_CACHE } from './compile-cache.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Runs a script of this project, and returns its exit code and output. */
export function runScript(file: string, ...args: string[]) {
  return runScriptWith({}, file, ...args);
}

/** Runs a script like `runScript`, with additional environment variables. */
export function runScriptWith(variables: Readonly<Record<string, string>>, file: string, ...args: string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(PROJECT, file), ...args],
      { cwd: PROJECT, env: { ...process.env, ...COMPILE_CACHE, ...variables } },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}
