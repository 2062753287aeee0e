import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { TestBed } from './test-bed.ts';

export interface LambdaCall {
  tool: string;
  user: string;
  requestId: string;
  input: unknown;
}

/**
 * Makes several calls at the same time in a separate process, which writes its logs in the same way as Lambda.
 * Returns everything that the process wrote.
 */
export async function runInLambda(
  { scalekit }: TestBed,
  calls: readonly LambdaCall[],
  variables: Environment = {},
) {
  const child = fork(join(import.meta.dirname, 'lambda-process.ts'), {
    silent: true,
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_FUNCTION_NAME: 'acme',
      SCALEKIT_ENV_URL: scalekit.url,
      SCALEKIT_CLIENT_ID: scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
      IDEMPOTENCY_TABLE: 'none',
      ...variables,
    },
  });
  child.send([...calls]);
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The output of the process is not captured.');
  const answered = once(child, 'message');
  const ended = once(child, 'exit');
  const [written, warned] = await Promise.all([text(stdout), text(stderr), ended]);
  if (child.exitCode !== 0) throw new Error(`The process failed: ${warned}`);
  const [answers]: unknown[] = await answered;
  return { answers, output: written + warned, stdout: jsonLines(written), stderr: jsonLines(warned) };
}

function jsonLines(written: string): Record<string, unknown>[] {
  return written.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
