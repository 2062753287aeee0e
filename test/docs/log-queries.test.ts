import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverlessConfiguration } from '../../lib/deploy/serverless/serverless-configuration.ts';
import type { Stack } from '../../local/stack.ts';
import { startStack } from '../../local/start-stack.ts';
import { deploymentOf } from '../support/deployment-of.ts';
import { projectDocuments } from '../support/document/project-documents.ts';
import { fieldsOf, type LogLine, runQuery } from '../support/logs-insights.ts';
import { hasTools } from '../support/project-tools.ts';
import { runInLambda } from '../support/run-in-lambda.ts';
import { startTestBed } from '../support/test-bed.ts';

const TOOL = 'gmail_list_unread';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

/** The queries of the documents: the text after `filter`. */
const queries = projectDocuments()
  .flatMap(({ fences }) => fences)
  .filter(
    ({ language, mark, text }) => language === 'text' && mark === 'account' && text.startsWith('filter '),
  )
  .map(({ text }) => text.trim());

// Fields that Lambda adds to our log lines.
const OF_LAMBDA = ['@timestamp', '@requestId', 'xray_trace_id'];
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const OF_CLOUDTRAIL = ['eventName', 'requestID', 'userIdentity.arn', 'userIdentity.invokedBy'];

let stack: Stack;
const lines: LogLine[] = [];

beforeAll(async () => {
  stack = await startStack({
    log: (level, message, fields) => {
      const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
      lines.push({ '@timestamp': lines.length, level, message, ...Object.fromEntries(known) });
    },
  });
  if (!hasTools(TOOL)) return;
  await overHttp({ sub: 'user_ada' }, {});
  await overHttp({ sub: 'user_ada' }, { max_results: 0 });
  await overHttp({ sub: 'user_grace' }, {});
  await overHttp({ sub: 'user_ada' }, {}, { 'x-identifier': 'user_grace' });
  const backend = { sub: 'backend', client_id: 'backend', scope: 'tools:delegate' };
  await overHttp(backend, {}, { 'x-identifier': 'user_ada' });
  await overMcp();
  stack.scalekit?.addFault({ connection: 'gmail', answer: { status: 404 }, times: 1 });
  await overHttp({ sub: 'user_ada' }, {});
});
afterAll(() => stack.close());

async function overHttp(
  claims: Record<string, unknown>,
  input: unknown,
  headers: Record<string, string> = {},
) {
  await post(`/tools/${TOOL}`, claims, input, headers);
}

async function overMcp() {
  const message = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: TOOL, arguments: { max_results: 1 }, _meta: { traceparent: TRACEPARENT } },
  };
  await post('/mcp', { sub: 'user_ada' }, message, { accept: 'application/json' });
}

async function post(
  path: string,
  claims: Record<string, unknown>,
  body: unknown,
  headers: Record<string, string>,
) {
  const authorization = `Bearer ${await stack.issuer.sign(claims)}`;
  const response = await fetch(stack.gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body: JSON.stringify(body),
  });
  await response.text();
}

/**
 * Runs the query that begins with this text, with values in place of its placeholders. The documents must contain
 * exactly one such query.
 */
function run(beginning: string, values: Readonly<Record<string, unknown>> = {}): LogLine[] {
  const [query = '', ...others] = queries.filter((text) => text.startsWith(beginning));
  expect(others).toEqual([]);
  const filled = Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`<${name}>`, String(value)),
    query,
  );
  expect(filled).not.toMatch(/"<\w+>"/);
  return runQuery(filled, lines);
}

test.skipIf(!hasTools(TOOL))(
  'the documents contain log queries, and each field in a query exists',
  async () => {
    const { logs } = serverlessConfiguration(await deploymentOf({}));
    const ofApi = Object.keys(JSON.parse(Reflect.get(Reflect.get(logs, 'httpApi'), 'format')));
    const logged = new Set([...lines.flatMap(Object.keys), ...OF_LAMBDA, ...OF_CLOUDTRAIL, ...ofApi]);

    expect(queries.length).toBeGreaterThan(8);
    for (const query of queries)
      for (const field of fieldsOf(query)) expect([...logged], query).toContain(field);
  },
);

describe.skipIf(!hasTools(TOOL))('a log query', () => {
  test('finds the line of a call by its request ID', () => {
    const failed = lines.find(({ code }) => code === 'invalid_input');

    expect(run('filter request_id = "<request_id>" or', { request_id: failed?.request_id })).toEqual([
      failed,
    ]);
  });

  test('finds the failed calls of a tool, the latest first', () => {
    expect(run(`filter tool = "${TOOL}"`).map(({ code }) => code)).toEqual([
      'not_found',
      'forbidden',
      'authorization_required',
      'invalid_input',
    ]);
  });

  test("finds a user's calls by the hash in the log line of a rejected call", async () => {
    const before = lines.length;
    const tool = stack.catalogue.tools.find(({ definition }) => definition.name === TOOL);
    if (!tool) throw new Error('The tool is not deployed.');
    const call = { tool: TOOL, identifier: 'user_ada', input: { max_results: 0 } };
    const { answer } = await stack.invoke(tool, call, AbortSignal.timeout(5_000));
    const { error } = JSON.parse(JSON.stringify(answer));
    const sent = stack.scalekit?.requests.length;

    const [logged] = run('filter request_id = "<request_id>" | fields identifier_hash', error);
    expect(error.code).toBe('invalid_input');
    expect(stack.scalekit?.requests.length).toBe(sent);
    lines.splice(before);

    const calls = run('filter identifier_hash = "<hash>"', { hash: logged?.identifier_hash });
    expect(calls.map(({ surface, code }) => [surface, code])).toEqual([
      ['http', 'not_found'],
      ['mcp', undefined],
      ['direct', undefined],
      ['http', undefined],
      ['http', 'invalid_input'],
      ['http', undefined],
    ]);
  });

  test('finds both lines of a call over MCP', () => {
    const [line] = run('filter surface = "mcp"', {
      request_id: lines.find(({ surface }) => surface === 'direct')?.request_id,
    });

    expect(line).toMatchObject({ message: 'tool invoked', tool: TOOL });
  });

  test('finds the calls in which the caller named the user', () => {
    expect(run('filter delegated = 1')).toEqual([
      {
        calls: 1,
        surface: 'http',
        caller_hash: expect.any(String),
        identifier_hash: lines[0]?.identifier_hash,
      },
    ]);
    const [backend] = run('filter delegated = 1');
    expect(run('filter caller_hash = "<hash>"', { hash: backend?.caller_hash })).toMatchObject([
      { tool: TOOL, surface: 'http', delegated: true },
    ]);
  });

  test('finds rejected callers', () => {
    const rejected = queries.filter((query) => query.startsWith('filter code in ["forbidden"'));

    expect(rejected).toHaveLength(2);
    for (const query of rejected) expect(runQuery(query, lines)).toMatchObject([{ surface: 'http' }]);
  });

  test("finds the lines of a caller's trace in the MCP function and in the tool's function", async () => {
    const bed = await startTestBed();
    bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
    const call = { tool: 'acme_read_thing', user: 'user_ada', requestId: 'r1', input: { thing: 't1' } };
    // Lambda sets this variable from a header that the MCP function sends.
    const _X_AMZN_TRACE_ID = 'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=0';
    const { stdout } = await runInLambda(bed, [call], { _X_AMZN_TRACE_ID });
    await bed.close();

    const [query = ''] = queries.filter((text) => text.startsWith('filter trace_id'));
    const found = runQuery(query, [...lines, ...stdout]);

    expect(found.map(({ tool, surface }) => [tool, surface])).toEqual([
      [TOOL, 'mcp'],
      ['acme_read_thing', 'http'],
    ]);
  });
});

test.each([
  'fields a | filter',
  'filter a ~ 1',
  'stats sum(a) by b',
  'filter a = 1 or',
  'display a',
  'filter a = 1 b',
])('a query that these tests cannot run is rejected: %s', (query) => {
  expect(() => runQuery(query, [{ a: 1 }])).toThrow();
});
