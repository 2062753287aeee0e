import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StepName } from '../../../lib/runtime/steps.ts';
import type { TracedRequest, TracedStep } from '../../../local/calls/call-trace.ts';
import type { SurfaceName } from '../../../local/invoke/surface-events.ts';
import { SURFACE_EVENTS } from '../../../local/invoke/surface-events.ts';
import { invokeOverApi } from '../../../local/lambda/invoke-over-api.ts';
import { hasTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

const READ = 'gmail_list_unread';
const WRITE = 'slack_send_message';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());
beforeEach(() => stack.scalekit.reset());

/** Calls a tool through the Lambda API and returns its trace. */
async function traced(tool: string, input: object, options: { user?: string; surface?: SurfaceName } = {}) {
  const { user: identifier = 'user_ada', surface = 'direct' } = options;
  const { event, clientContext } = await SURFACE_EVENTS[surface]({ tool, identifier, input }, stack.issuer);
  const { requestId } = await invokeOverApi(stack.lambda, tool, event, clientContext);
  const call = stack.calls.find(requestId ?? '');
  if (!call) throw new Error('The call was not recorded.');
  const step = (name: StepName): TracedStep => {
    const found = call.trace.steps.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`There is no step ${name}.`);
    return found;
  };
  return { call, step, names: call.trace.steps.map(({ name }) => name) };
}

const summaries = (requests: readonly TracedRequest[]) =>
  requests.map(({ to, method, status, error }) => ({ to, method, status, error }));

describe.skipIf(!hasTools(READ))('the trace of a read', () => {
  test('shows the steps one after the other', async () => {
    const { call, names } = await traced(READ, { max_results: 1 });

    expect(names).toEqual(['recognise', 'identify', 'validate', 'account', 'run', 'fit', 'answer']);
    const { steps, durationMs } = call.trace;
    expect(steps.map(({ outcome }) => outcome)).toEqual(steps.map(() => 'done'));
    let lastEndMs = 0;
    for (const { startMs, endMs } of steps) {
      expect(startMs).toBeGreaterThanOrEqual(lastEndMs);
      expect(endMs).toBeGreaterThanOrEqual(startMs ?? Number.NaN);
      lastEndMs = endMs ?? Number.NaN;
    }
    expect(lastEndMs).toBeLessThanOrEqual(durationMs);
  });

  test('shows each request in the step that sent it', async () => {
    const { step } = await traced(READ, { max_results: 1 });

    const { requests } = step('run');
    expect(summaries(requests)).toEqual([{ to: 'provider', method: 'GET', status: 200, error: null }]);
    expect(requests[0]?.target).toMatch(/^\/gmail\/v1\/users\/me\/messages\?.*maxResults=1/);
    expect(requests[0]?.endMs).toBeGreaterThan(requests[0]?.startMs ?? Number.NaN);
    expect(step('validate').requests).toEqual([]);
  });

  test('shows whether the account status was requested or came from the cache', async () => {
    const asked = await traced(READ, {}, { user: 'user_grace' });
    await traced(READ, {});
    const remembered = await traced(READ, {});

    expect(asked.step('account').requests.map(({ to }) => to)).toContain('account');
    expect(remembered.step('account')).toMatchObject({ note: 'remembered as ACTIVE', requests: [] });
  });

  test('shows each attempt with its status, and a gap between attempts', async () => {
    stack.scalekit.addFault({ connection: 'gmail', times: 2, answer: { status: 503 } });

    const { step } = await traced(READ, {});

    const { requests, note } = step('run');
    expect(requests.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(note).toBe('2 retries');
    for (const [index, request] of requests.slice(1).entries())
      expect(request.startMs).toBeGreaterThanOrEqual(requests[index]?.endMs ?? Number.NaN);
  });

  test('shows a lost connection as an error without a status', async () => {
    stack.scalekit.addFault({ connection: 'gmail', times: 1, drop: 'after-read' });

    const { step } = await traced(READ, {});

    expect(summaries(step('run').requests)).toEqual([
      { to: 'provider', method: 'GET', status: null, error: 'ECONNRESET' },
      { to: 'provider', method: 'GET', status: 200, error: null },
    ]);
  });

  test('shows an incomplete response as an error, with the status of the response', async () => {
    stack.scalekit.addFault({ connection: 'gmail', times: 1, drop: 'during-answer' });

    const { step } = await traced(READ, {});

    expect(summaries(step('run').requests)).toEqual([
      { to: 'provider', method: 'GET', status: 200, error: 'ECONNRESET' },
      { to: 'provider', method: 'GET', status: 200, error: null },
    ]);
  });

  test('ends at the step that failed, and shows the reason', async () => {
    const { step } = await traced(READ, { max_results: 'many' });

    expect(step('validate')).toMatchObject({ outcome: 'failed', note: 'invalid_input' });
    for (const name of ['account', 'run', 'fit'] as const)
      expect(step(name)).toMatchObject({ outcome: 'not reached', startMs: null, endMs: null, requests: [] });
    expect(step('answer').outcome).toBe('done');
  });

  test('shows a failed step `account` if the account is not ACTIVE, and a failed step `run` if the provider fails', async () => {
    const expired = await traced(READ, {}, { user: 'user_expired' });
    stack.scalekit.addFault({ connection: 'gmail', answer: { status: 200, body: { messages: 'none' } } });
    const broken = await traced(READ, {});

    expect(expired.step('account')).toMatchObject({ outcome: 'failed', note: 'authorization_required' });
    expect(broken.step('run')).toMatchObject({
      outcome: 'failed',
      note: expect.stringMatching(/^invalid_provider_response; .*messages/),
    });
  });

  test('shows the request for the issuer’s keys if the function verifies a token', async () => {
    const { step } = await traced(READ, {}, { surface: 'agentcore' });

    expect(new Set(step('identify').requests.map(({ to }) => to))).toEqual(new Set(['issuer']));
  });

  test('contains only requests of its own call if several calls run at the same time', async () => {
    const calls = await Promise.all([1, 2, 3, 4].map((size) => traced(READ, { max_results: size })));

    for (const [index, { step }] of calls.entries()) {
      expect(step('run').requests).toHaveLength(1);
      expect(step('run').requests[0]?.target).toContain(`maxResults=${index + 1}`);
    }
  });

  test('is stored with the event, the response and the log line', async () => {
    const { call } = await traced(READ, { max_results: 2 });

    expect(call).toMatchObject({
      tool: READ,
      event: { tool: READ, identifier: 'user_ada', input: { max_results: 2 } },
      answer: { count: 2 },
      log: { tool: READ, surface: 'direct', request_id: call.id, attempts: 1 },
    });
  });
});

describe.skipIf(!hasTools(WRITE))('the trace of a write', () => {
  test('has a step for the idempotency key, and shows whether the key was used before', async () => {
    const input = { channel: 'sales', text: `Hello, ${crypto.randomUUID()}` };
    const withoutKey = await traced(WRITE, input);
    const first = await traced(WRITE, input, { surface: 'bedrock-function' });
    const repeated = await traced(WRITE, input, { surface: 'bedrock-function' });

    expect(withoutKey.step('key')).toMatchObject({ note: 'no key', requests: [] });
    expect(first.step('key')).toMatchObject({
      note: 'claimed',
      requests: [{ to: 'table', target: 'PutItem', status: 200 }],
    });
    expect(first.step('answer').requests).toMatchObject([{ to: 'table', target: 'UpdateItem' }]);
    expect(repeated.step('key').note).toBe('repeated: returns the earlier answer');
    expect(repeated.step('run').requests).toEqual([]);
  });
});
