import { beforeAll, beforeEach, expect, test } from 'vitest';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import { EmfDocument } from '../../support/emf-document.ts';
import { readHttpAnswer } from '../../support/http-event.ts';
import { type LambdaCall, runInLambda } from '../../support/run-in-lambda.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

type Output = Awaited<ReturnType<typeof runInLambda>>;

/** Returns the log lines of calls. Leaves out the warnings that are logged at the start. */
const callLines = ({ stdout, stderr }: Output) =>
  [...stdout, ...stderr].filter(({ message }) => String(message).startsWith('call '));
const documents = ({ stdout }: Output) =>
  stdout.filter((line) => '_aws' in line).map((line) => EmfDocument.parse(line));

test('20 concurrent calls of two tools write 20 log lines and their metrics, each with its own values', async () => {
  bed.provider.script = ({ method }) =>
    method === 'GET' ? { body: { id: 't1', title: 'A thing' } } : { status: 409 };
  const calls: LambdaCall[] = Array.from({ length: 20 }, (_, index) => ({
    tool: index % 2 ? 'acme_create_thing' : 'acme_read_thing',
    user: index % 4 < 2 ? 'user_ada' : 'user_grace',
    requestId: `request-${index}`,
    input: index % 2 ? { title: 'A thing' } : { thing: 't1' },
  }));

  const output = await runInLambda(bed, calls);

  const common = { level: 'INFO', surface: 'http', account_from_cache: false };
  const byRequest = callLines(output).toSorted(
    (a, b) => Number(String(a.request_id).slice(8)) - Number(String(b.request_id).slice(8)),
  );
  expect(byRequest).toEqual(
    calls.map(({ tool, user, requestId }) => ({
      ...common,
      message: tool === 'acme_read_thing' ? 'call succeeded' : 'call failed',
      timestamp: expect.any(String),
      service: 'scalekit-lambda-tools',
      sampling_rate: 0,
      tool,
      request_id: requestId,
      identifier_hash: identifierHash(user, bed.scalekit.clientSecret),
      caller_hash: identifierHash(user, bed.scalekit.clientSecret),
      delegated: false,
      ...(tool === 'acme_create_thing' && {
        code: 'conflict',
        upstream_status: 409,
        path_template: '/things',
      }),
      attempts: expect.any(Number),
      retries: 0,
      upstream_ms: expect.any(Number),
      duration_ms: expect.any(Number),
    })),
  );
  const counts = documents(output).map(({ dimensions: [names], members }) => [
    names?.[1],
    members.tool ?? members.code,
    members.Calls,
    members.Errors,
    members.AccountCacheHits,
  ]);
  expect(counts.toSorted()).toEqual([
    ...Array(10).fill(['code', 'conflict', undefined, 1, undefined]),
    ...Array(10).fill(['tool', 'acme_create_thing', 1, 1, 0]),
    ...Array(10).fill(['tool', 'acme_read_thing', 1, 0, 0]),
  ]);
});

test('no log line contains data of a call, whatever error occurs', async () => {
  bed.provider.script = ({ url = '' }) => {
    if (url.includes('canary-missing')) return { status: 404, body: { error: 'canary-provider-body' } };
    if (url.includes('canary-odd')) return { body: { id: 'canary-provider-body', title: 7 } };
    if (url === '/search')
      return { status: 500, body: 'canary-provider-body\n    at canary-frame (f.ts:1:1)' };
    return {
      status: 400,
      headers: { 'x-reason': 'canary-header' },
      body: { message: 'canary-provider-body' },
    };
  };
  const user = 'user_ada';
  const calls: LambdaCall[] = [
    { tool: 'acme_read_thing', user, requestId: 'r1', input: { thing: 'canary-missing' } },
    { tool: 'acme_read_thing', user, requestId: 'r2', input: { thing: 'canary-odd' } },
    { tool: 'acme_read_thing', user, requestId: 'r3', input: { thing: '../canary-path' } },
    { tool: 'acme_read_thing', user, requestId: 'r4', input: { 'canary-key': 'canary-value' } },
    { tool: 'acme_read_thing', user, requestId: 'r5', input: '{"thing": canary-json' },
    { tool: 'acme_create_thing', user, requestId: 'r6', input: { title: 'canary-title' } },
    { tool: 'acme_search_things', user, requestId: 'r7', input: { words: 'canary-words' } },
    { tool: 'acme_search_things', user, requestId: 'r8', input: { cursor: 'canary-cursor' } },
    {
      tool: 'acme_throw_input',
      user,
      requestId: 'r9',
      input: { secret: 'canary\n    at canary-7f3 (f.ts:1:1)' },
    },
    { tool: 'acme_read_thing', user: 'canary-nobody', requestId: 'r10', input: { thing: 'canary-thing' } },
    { tool: 'acme_read_thing', user: 'canary user', requestId: 'r11', input: { thing: 'canary-thing' } },
    { tool: 'acme_call_with_string', user, requestId: 'r12', input: {} },
  ];

  const output = await runInLambda(bed, calls, {
    POWERTOOLS_LOGGER_LOG_EVENT: 'true',
    POWERTOOLS_LOG_LEVEL: 'TRACE',
  });

  const codes = new Map(callLines(output).map(({ request_id, code }) => [request_id, code]));
  expect(Object.fromEntries(codes)).toEqual({
    r1: 'not_found',
    r2: 'invalid_provider_response',
    r3: 'invalid_input',
    r4: 'invalid_input',
    r5: 'invalid_input',
    r6: 'rejected_by_provider',
    r7: 'provider_unavailable',
    r8: 'invalid_input',
    r9: 'internal_error',
    r10: 'authorization_required',
    r11: 'unauthenticated',
    r12: 'internal_error',
  });
  expect(output.output).not.toContain('canary');
  for (const secret of [bed.scalekit.clientSecret, bed.scalekit.clientId, 'user_ada', 'acme-token']) {
    expect(output.output).not.toContain(secret);
  }
  expect(
    documents(output)
      .map(({ members }) => members.tool)
      .filter(Boolean),
  ).toHaveLength(calls.length);
});

test('a malformed setting of Powertools prevents the start of the function with an error that names the setting', async () => {
  await expect(runInLambda(bed, [], { POWERTOOLS_LOGGER_LOG_EVENT: 'perhaps' })).rejects.toThrow(
    'Environment variable POWERTOOLS_LOGGER_LOG_EVENT must be a boolean',
  );
});

test('the log and the metrics of Lambda do not change the response', async () => {
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  const call = { tool: 'acme_read_thing', user: 'user_ada', requestId: 'r1', input: { thing: 't1' } };

  const { answers } = await runInLambda(bed, [call]);

  expect([answers].flat().map(readHttpAnswer)).toMatchObject([{ status: 200, json: { id: 't1' } }]);
});
