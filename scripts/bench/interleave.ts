import type { FaultInput } from '../../local/scalekit/fault-schema.ts';
import { TOOLS } from './subjects.ts';
import { readCall, startUsersStack, type UserCall, writeCall } from './users-stack.ts';

export interface InterleaveOptions {
  calls: number;
  users: number;
  /** The number of calls that run at the same time. */
  atOnce: number;
}

/** The result of calls that many users make at the same time. */
export interface Interleaved {
  calls: number;
  users: number;
  seconds: number;
  /** The number of calls for each outcome: `200`, `200 replayed`, or an error code. */
  endings: Record<string, number>;
  /** Calls that got the response of another user or of another call. This must be empty. */
  crossed: string[];
  /** Calls with an outcome that no fault explains. This must be empty. */
  unexplained: string[];
  /** Messages that were posted more than once. This must be empty. */
  repeated: string[];
}

interface Answer {
  /** `200`, `200 replayed`, or an error code. */
  ending: string;
  json: unknown;
  requestId: string | null;
}

const FAULTS: readonly FaultInput[] = [
  { connection: '*', times: 1, drop: 'after-provider' },
  { connection: '*', times: 1, drop: 'during-answer' },
  { connection: '*', times: 2, answer: { status: 503 } },
  { connection: '*', times: 1, answer: { status: 429, headers: { 'retry-after': '3600' } } },
  { connection: '*', times: 5, latencyMs: 30 },
  { connection: '*', times: 1, accountToken: 'expired' },
  { path: '/api/v1/*', times: 2, answer: { status: 503 } },
  { path: '/oauth/token', times: 1, drop: 'after-read' },
];
const CALLS_PER_FAULT = 20;
const CALLS_PER_TOKEN = 200;
const REPEATS_PER_WRITE = 4;

/** The outcomes that can occur because of the faults above or because the machine is busy. */
const EXPECTED = new Set([
  '200',
  '200 replayed',
  'authorization_required',
  'dependency_unavailable',
  'outcome_unknown',
  'provider_timeout',
  'provider_unavailable',
  'rate_limited',
  'request_in_progress',
  'scalekit_unavailable',
]);

/**
 * Makes calls of many users at the same time, over HTTP and by direct invocation. Meanwhile, Scalekit and the provider
 * fail at random. All users send the same idempotency keys. Each call must get the response for its own user and
 * input.
 */
export async function interleave({ calls, users, atOnce }: InterleaveOptions): Promise<Interleaved> {
  const bed = await startUsersStack(users);
  try {
    const tokens = await bed.tokens();
    const { stack } = bed;
    const keys = Math.max(1, Math.round(calls / 2 / users / REPEATS_PER_WRITE));
    const endings: Record<string, number> = {};
    const crossed: string[] = [];
    const unexplained: string[] = [];
    const requestIds = new Set<string>();
    let started = 0;

    async function work(): Promise<void> {
      while (started < calls) {
        started += 1;
        if (started % CALLS_PER_FAULT === 0) fail(started);
        const call = anyCall();
        judge(call, await (Math.random() < 0.5 ? overHttp(call) : directly(call)));
      }
    }

    function anyCall(): UserCall {
      const identifier = oneOf(bed.identifiers);
      if (Math.random() < 0.5) return readCall(identifier);
      return writeCall(identifier, `key-${Math.floor(Math.random() * keys)}`);
    }

    function judge(call: UserCall, answer: Answer): void {
      endings[answer.ending] = (endings[answer.ending] ?? 0) + 1;
      const described = `${call.kind} of ${call.identifier}: ${JSON.stringify(answer)}`;
      if (!isOwn(call, answer)) crossed.push(described);
      if (!EXPECTED.has(answer.ending)) unexplained.push(described);
    }

    function fail(number: number): void {
      stack.scalekit?.clearFaults();
      // Tokens expire only in a few of the calls. If two tokens of one call expired in a row, the call would report a
      // wrong configuration.
      if (number % CALLS_PER_TOKEN === 0) stack.scalekit?.expireTokens();
      else stack.scalekit?.addFault(oneOf(FAULTS));
    }

    async function overHttp({ kind, identifier, input, key }: UserCall): Promise<Answer> {
      const response = await fetch(`${stack.gateway.url}/tools/${TOOLS[kind].name}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens[identifier]}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify(input),
      });
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      return answerOf(await response.json(), response.headers.get('x-request-id'), replayed);
    }

    async function directly({ kind, identifier, input, key }: UserCall): Promise<Answer> {
      const { name } = TOOLS[kind];
      const tool = stack.catalogue.tools.find(({ definition }) => definition.name === name);
      if (!tool) throw new Error(`The stack has no tool ${name}.`);
      const event = { tool: name, identifier, input, ...(key !== undefined && { idempotency_key: key }) };
      const { answer, requestId = null } = await stack.invoke(tool, event, new AbortController().signal);
      return answerOf(answer, requestId);
    }

    function isOwn(call: UserCall, { ending, json, requestId }: Answer): boolean {
      if (requestId === null || requestIds.has(requestId)) return false;
      requestIds.add(requestId);
      return ending.startsWith('200') ? call.isRight(json) : !namesAnotherUser(json, call.identifier);
    }

    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: atOnce }, work));
    const repeated = [...bed.posted].flatMap(([message, times]) => (times > 1 ? [message] : []));
    const seconds = (performance.now() - startedAtMs) / 1_000;
    return { calls, users, seconds, endings, crossed, unexplained, repeated };
  } finally {
    await bed.close();
  }
}

function answerOf(json: unknown, requestId: string | null, replayed = false): Answer {
  const { error }: { error?: { code?: string } } = Object(json);
  const success = replayed ? '200 replayed' : '200';
  return { ending: error ? String(error.code) : success, json, requestId };
}

function namesAnotherUser(json: unknown, identifier: string): boolean {
  const named = JSON.stringify(json).match(/user-\d+/g) ?? [];
  return named.some((name) => name !== identifier);
}

function oneOf<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

/** Returns a table in Markdown. */
export function interleaveReport({
  calls,
  users,
  seconds,
  endings,
  crossed,
  unexplained,
  repeated,
}: Interleaved): string {
  const rows = Object.entries(endings).sort(([, one], [, other]) => other - one);
  return [
    `${calls.toLocaleString('en')} calls of ${users} users in ${seconds.toFixed(0)} s.`,
    '',
    '| ending | calls |',
    '| --- | --- |',
    ...rows.map(([ending, number]) => `| ${ending} | ${number} |`),
    `| an answer of another user or call | ${crossed.length} |`,
    `| an ending that no fault explains | ${unexplained.length} |`,
    `| messages posted more than once | ${repeated.length} |`,
  ].join('\n');
}
