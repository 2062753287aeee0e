import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { processorTimeMs, residentBytes } from './process-usage.ts';
import { type Invocation, startRuntimeApi } from './runtime-api.ts';

export interface BenchedFunction {
  /** The folder that contains the deployed files, like /var/task. */
  folder: string;
  /** The handler as in Lambda's settings, for example `functions/gmail/list-unread.handler`. */
  handler: string;
  variables: Readonly<Record<string, string>>;
}

// Lambda sets these variables. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
const LAMBDA = {
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bench',
  AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  TZ: ':UTC',
};

/**
 * Starts an execution environment: a separate process in which a runtime client loads the function and requests
 * invocations.
 * @param runtimeClient the script that loads the function and requests invocations
 * @param nodeArguments arguments for Node.js. If there are arguments, this process can also exchange messages with the
 * environment
 */
export async function startEnvironment(
  runtimeClient: string,
  { folder, handler, variables }: BenchedFunction,
  nodeArguments: readonly string[] = [],
) {
  const api = await startRuntimeApi();
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...nodeArguments, runtimeClient, handler], {
    cwd: folder,
    env: {
      ...LAMBDA,
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(nodeArguments.length > 0 ? (['ipc'] as const) : [])],
  });
  const written = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  const exited = once(child, 'exit').then(async () => {
    api.fail(new Error(`The environment ended: ${(await written).join('')}`));
  });
  const processId = child.pid ?? 0;

  return {
    /** The process, for measurements. */
    child,
    /** The time from the start of the process until its first request for an invocation. */
    readyMs: (await api.idle()) - startedAtMs,
    invoke: (invocation: Invocation) => api.invoke(invocation),
    /** Waits until the environment requests the next invocation. */
    idle: api.idle,
    processorTimeMs: () => processorTimeMs(processId),
    residentBytes: () => residentBytes(processId),
    /** Ends the process, and returns its output. */
    async stop(): Promise<string> {
      child.kill('SIGKILL');
      await exited;
      await api.close();
      return (await written).join('');
    },
  };
}
