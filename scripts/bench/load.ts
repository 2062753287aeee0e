import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { parseJson } from '../../lib/text/json.ts';
import { startEnvironment } from './lambda-environment.ts';
import type { Subject } from './measure.ts';
import { openSockets, residentBytes } from './process-usage.ts';
import { TOOLS } from './subjects.ts';
import { percentile } from './summary.ts';
import { readCall, type UserCall, writeCall } from './users-stack.ts';

const CONNECTIONS = [10, 50, 100];
const USERS = 100;
const BLOCKS = 10;

/** The measurements of calls under load. */
export interface LoadRow {
  name: string;
  calls: number;
  /** The number of calls that did not get the right response, by error code. */
  errors: Readonly<Record<string, number>>;
  callsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** The resident memory of the process that serves the calls, after the calls. */
  residentBytes: number;
  /** The heap of the process that serves the calls, after a garbage collection. */
  heapBytes: number;
  /** The open sockets of this process after the calls. */
  sockets: number;
}

const HEAP_REPORTER = ['--import', import.meta.resolve('./heap-reporter.ts')];
const Heap = z.object({ heapBytes: z.int() });
const Failed = z.object({ error: z.object({ code: z.string() }) });
const Started = z.object({ url: z.string(), tokens: z.record(z.string(), z.string()) });

/**
 * Calls the gateway of the local stack over 10, 50 and 100 connections, with reads and with writes. Each write has its
 * own idempotency key. The whole stack runs in one separate process: its functions, the emulated Scalekit and
 * DynamoDB.
 * @param calls the number of calls in each row
 */
export async function gatewayLoad(calls: number): Promise<LoadRow[]> {
  const child = fork(join(import.meta.dirname, 'users-stack-process.ts'), [String(USERS)], {
    execArgv: HEAP_REPORTER,
  });
  const exited = once(child, 'exit');
  try {
    const [message]: unknown[] = await once(child, 'message');
    const { url, tokens } = Started.parse(message);
    const identifiers = Object.keys(tokens);
    const rows: LoadRow[] = [];
    for (const connections of CONNECTIONS) {
      for (const kind of ['read', 'write'] as const) {
        const agent = new Agent({ keepAlive: true, maxSockets: connections });
        const call = (number: number) => {
          const identifier = identifiers[number % identifiers.length] ?? '';
          const of =
            kind === 'read' ? readCall(identifier) : writeCall(identifier, `${connections}-${number}`);
          return post(agent, url, tokens[identifier] ?? '', of);
        };
        const measured = await measureCalls(call, { calls, atOnce: connections });
        rows.push({
          name: `${kind}, ${connections} connections`,
          ...measured,
          ...(await usageOf(child)),
        });
        agent.destroy();
      }
    }
    return rows;
  } finally {
    child.disconnect();
    await exited;
  }
}

/**
 * Sends a call to the gateway.
 * @returns undefined if the response is right; otherwise the error code or `wrong answer`
 */
async function post(agent: Agent, url: string, token: string, call: UserCall): Promise<string | undefined> {
  const { kind, input, key } = call;
  const sent = request(`${url}/tools/${TOOLS[kind].name}`, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
  });
  sent.end(JSON.stringify(input));
  const [response] = await once(sent, 'response');
  const answer = parseJson(await text(response));
  if (call.isRight(answer)) return undefined;
  return Failed.safeParse(answer).data?.error.code ?? 'wrong answer';
}

/**
 * Calls a packaged function in one execution environment, one call after the other.
 * @param calls the total number of calls. The result has ten rows, each for a tenth of the calls
 * @throws Error if the environment ends
 */
export async function functionLoad(
  { benched, invocation, isAnswered }: Subject,
  { runtimeClient, calls }: { runtimeClient: string; calls: number },
): Promise<LoadRow[]> {
  const environment = await startEnvironment(runtimeClient, benched, HEAP_REPORTER);
  try {
    const rows: LoadRow[] = [];
    const size = Math.ceil(calls / BLOCKS);
    for (let before = 0; before < calls; before += size) {
      const call = async () =>
        isAnswered((await environment.invoke(invocation())).answer) ? undefined : 'wrong answer';
      const measured = await measureCalls(call, { calls: size, atOnce: 1 });
      await environment.idle();
      rows.push({ name: `until ${before + size}`, ...measured, ...(await usageOf(environment.child)) });
    }
    return rows;
  } finally {
    await environment.stop();
  }
}

async function measureCalls(
  call: (number: number) => Promise<string | undefined>,
  { calls, atOnce }: { calls: number; atOnce: number },
) {
  const durationsMs: number[] = [];
  let next = 0;
  const errors: Record<string, number> = {};
  const work = async () => {
    while (next < calls) {
      const number = next++;
      const startedAtMs = performance.now();
      const error = await call(number).catch(() => 'no answer');
      durationsMs.push(performance.now() - startedAtMs);
      if (error !== undefined) errors[error] = (errors[error] ?? 0) + 1;
    }
  };
  const startedAtMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - startedAtMs) / 1_000;
  return {
    calls,
    errors,
    callsPerSecond: calls / seconds,
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
  };
}

async function usageOf(child: ChildProcess) {
  const processId = child.pid ?? 0;
  const usage = { residentBytes: await residentBytes(processId), sockets: await openSockets(processId) };
  const message = once(child, 'message');
  child.send('heap');
  const [answer]: unknown[] = await message;
  return { ...usage, ...Heap.parse(answer) };
}
