import { inspect } from 'node:util';
import * as fc from 'fast-check';
import type { LocalExamples } from '../../local/providers/local-provider.ts';
import { startStack } from '../../local/start-stack.ts';
import type { Finding } from './compare-findings.ts';
import { answerFaultsOf } from './fuzz/answer-faults.ts';
import { arbitraryOf, bodyOf } from './fuzz/input-arbitrary.ts';
import { type OpenApiOperation, operationsOf } from './fuzz/operations.ts';
import type { Judge } from './judge.ts';
import { localExamples } from './local-examples.ts';
import { projectOpenApi } from './open-api-document.ts';

const CONCURRENCY = 8;
const DETAIL_CHARACTERS = 1_500;
// Users of the local stack. Most calls are for user_ada, whose accounts are all connected.
const USERS = [
  ...Array<string>(8).fill('user_ada'),
  ...['user_grace', 'user_expired', 'user_pending', 'user_unverified', 'user_disconnected', 'user_new'],
];

interface FuzzRequest {
  operation: OpenApiOperation;
  /** The user whose token is sent; null for no token, and an empty text for an invalid token. */
  user: string | null;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: string | undefined;
}

/**
 * Checks the responses of the local stack to generated requests. A response must not be a server error, and must match
 * the OpenAPI document. The same seed generates the same requests.
 */
export function fuzzWith({ requests, seed }: { requests: number; seed: number }): Judge {
  return async ({ project }) => {
    const stack = await startStack({ log: () => {} });
    try {
      const document = await projectOpenApi(project, stack.gateway.url);
      const examples = localExamples(stack.providers);
      const operations = operationsOf(document).map((operation) => withExample(operation, examples));
      const faultsOf = answerFaultsOf(document);
      const tokens = new Map<string, string>();
      for (const user of new Set(USERS)) tokens.set(user, await stack.issuer.sign({ sub: user }));
      const waiting = fc.sample(fc.oneof(...operations.map(requestOf)), { numRuns: requests, seed });
      const findings = new Map<string, Finding>();
      const succeeded = new Set<OpenApiOperation>();
      const send = async () => {
        for (let request = waiting.pop(); request; request = waiting.pop()) {
          const { answer, text } = await settledAnswerTo(request, stack.gateway.url, tokens);
          if (answer?.status === 200) succeeded.add(request.operation);
          const faults = answer ? faultsOf(request.operation, answer) : ['no answer'];
          for (const found of findingsOf(request, text, faults)) findings.set(found.finding, found);
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, send));
      return {
        judged: `${requests} requests, ${succeeded.size} of ${operations.length} operations succeeded, seed ${seed}`,
        findings: [...findings.values()],
      };
    } finally {
      await stack.close();
    }
  };
}

/** Adds an example to an operation: the input for which the emulated provider has data. */
function withExample(operation: OpenApiOperation, examples: LocalExamples): OpenApiOperation {
  const example = examples[operation.path.replace('/tools/', '')];
  const { body } = operation;
  if (!body || !example) return operation;
  return { ...operation, body: { ...body, examples: [example, ...body.examples] } };
}

const HEADERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'x-identifier': fc.oneof(fc.constant('user_ada'), visible()),
  'idempotency-key': fc.oneof(fc.constantFrom('k1', 'k2', 'k3'), visible()),
};

function visible(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[\x21-\x7e]{1,300}$/);
}

function requestOf(operation: OpenApiOperation): fc.Arbitrary<FuzzRequest> {
  const named = (place: 'header' | 'query') =>
    operation.parameters.filter((parameter) => parameter.in === place);
  const headers = Object.fromEntries(
    named('header').map(({ name, schema }) => [name, HEADERS[name] ?? arbitraryOf(schema).map(String)]),
  );
  const query = Object.fromEntries(
    named('query').map(({ name, schema }) => [name, fc.oneof(arbitraryOf(schema), fc.string()).map(String)]),
  );
  return fc.record({
    operation: fc.constant(operation),
    user: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...USERS) },
      { weight: 1, arbitrary: fc.constantFrom(null, '') },
    ),
    // Most requests (three of four) do not have these headers.
    headers: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Record<string, string>>({}) },
      { weight: 1, arbitrary: fc.record(headers, { requiredKeys: [] }).map(withoutMissing) },
    ),
    query: fc.record(query, { requiredKeys: [] }).map(withoutMissing),
    body: operation.body ? bodyOf(operation.body.schema, operation.body.examples) : fc.constant(undefined),
  });
}

function withoutMissing(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/**
 * Returns the response. If the status is 503 or 504, sends the request once more, because a busy machine can cause
 * these statuses.
 */
async function settledAnswerTo(...request: Parameters<typeof answerTo>) {
  const first = await answerTo(...request);
  return first.answer?.status === 503 || first.answer?.status === 504 ? answerTo(...request) : first;
}

async function answerTo(
  { operation: { method, path }, user, headers, query, body }: FuzzRequest,
  server: string,
  tokens: ReadonlyMap<string, string>,
) {
  const authorization = user === null ? {} : { authorization: `Bearer ${tokens.get(user) ?? 'x.y.z'}` };
  try {
    const response = await fetch(`${server}${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers, ...authorization },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { answer: { status: response.status, headers: response.headers, text }, text };
  } catch (error) {
    return { text: inspect(error) };
  }
}

function findingsOf(request: FuzzRequest, text: string, faults: readonly string[]): Finding[] {
  const { operation, user, headers, query, body } = request;
  const sent = JSON.stringify({ user, headers, query, body });
  return faults.map((fault) => ({
    finding: `${fault}: ${operation.method} ${operation.path}`,
    detail: `${sent} got ${text}`.slice(0, DETAIL_CHARACTERS),
  }));
}
