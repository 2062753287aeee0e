import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Effect } from '../../../lib/contract/define-tool.ts';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { mcpCatalogue } from '../../../lib/mcp/mcp-catalogue.ts';
import { createToolInvoker } from '../../../lib/mcp/tool-invoker.ts';
import { parseTraceparent, type TraceParent } from '../../../lib/surfaces/headers.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { toolWith } from '../../support/schema-tools.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const AWS = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const CALL = { tool: 'acme_do_thing', identifier: 'user_ada', input: { a: 1 } };

/** Invokes a tool through an emulated Lambda API that sends this response. */
async function invoke(
  effect: Effect,
  answer: RequestListener,
  signal = AbortSignal.timeout(5_000),
  traceparent?: TraceParent,
) {
  const api = await startRecordingServer(answer);
  closers.push(api.close);
  const [tool] = mcpCatalogue([toolWith({}, { effect })], '1.0.0').tools;
  if (!tool) throw new Error('The catalogue is empty.');
  const invokeTool = createToolInvoker('bundle-dev-', { endpoint: api.url, ...AWS });
  const outcome = await invokeTool(tool, CALL, signal, traceparent).then(
    ({ answer: given }) => given,
    (thrown: unknown) => thrown,
  );
  return { outcome, received: api.received, again: () => invokeTool(tool, CALL, signal) };
}

const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const refusing = (status: number, type: string) =>
  answering(status, { Message: 'secret detail' }, { 'x-amzn-errortype': type });
const breakingDown = (errorType: string) =>
  answering(200, { errorType, errorMessage: 'secret detail' }, { 'x-amz-function-error': 'Unhandled' });
const losing: RequestListener = (request) => {
  request.socket.resetAndDestroy();
};

test('the tool invoker sends the call as the event of a direct invocation, and returns the response', async () => {
  const { outcome, received } = await invoke('read', answering(200, { id: 't1' }));

  expect(outcome).toEqual({ id: 't1' });
  expect(received).toMatchObject([
    { method: 'POST', url: '/2015-03-31/functions/bundle-dev-acme_do_thing/invocations' },
  ]);
  expect(JSON.parse(received[0]?.body ?? '')).toEqual(CALL);
});

test("the tool invoker continues the caller's trace, with the sampling decision and the lineage of the MCP function's invocation", async () => {
  const traceparent = parseTraceparent('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'mcp');
  vi.stubEnv(
    '_X_AMZN_TRACE_ID',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=3995c3f42cd8ad8;Sampled=0;Lineage=1:a:0',
  );

  const { received, again } = await invoke('read', answering(200, {}), undefined, traceparent);
  await again();
  vi.unstubAllEnvs();

  expect(received.map(({ headers }) => headers['x-amzn-trace-id'])).toEqual([
    'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=0;Lineage=1:a:0',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=3995c3f42cd8ad8;Sampled=0;Lineage=1:a:0',
  ]);
});

test('the tool invoker leaves no connection open that could be closed while the environment is frozen', async () => {
  const { received, again } = await invoke('create', answering(200, {}));
  await again();

  const [first, second] = received;
  expect(first?.headers.connection).toBe('close');
  expect(second?.clientPort).not.toBe(first?.clientPort);
});

describe.each([
  [
    'a throttled invocation',
    refusing(429, 'TooManyRequestsException'),
    'dependency_unavailable',
    'dependency_unavailable',
  ],
  [
    'a function that does not exist',
    refusing(404, 'ResourceNotFoundException'),
    'not_configured',
    'not_configured',
  ],
  [
    'a role without the permission',
    refusing(403, 'AccessDeniedException'),
    'not_configured',
    'not_configured',
  ],
  ['an event that is too large', refusing(413, 'RequestTooLargeException'), 'invalid_input', 'invalid_input'],
  [
    'another error of the Lambda API',
    refusing(400, 'InvalidRequestContentException'),
    'internal_error',
    'internal_error',
  ],
  ['a failing Lambda API', refusing(500, 'ServiceException'), 'dependency_unavailable', 'outcome_unknown'],
  ['a lost connection', losing, 'dependency_unavailable', 'outcome_unknown'],
  ['a function that was killed', breakingDown('Runtime.ExitError'), 'internal_error', 'outcome_unknown'],
  ['a function that timed out', breakingDown('Sandbox.Timedout'), 'internal_error', 'outcome_unknown'],
  ['a response that is not an object', answering(200, ['text']), 'internal_error', 'outcome_unknown'],
  ['a function without its settings', breakingDown('SettingsError'), 'not_configured', 'not_configured'],
] as const)('%s', (_, answer, forRead, forWrite) => {
  test.each([
    ['read', forRead],
    ['create', forWrite],
    ['update', forWrite],
    ['delete', forWrite],
  ] as const)(
    'ends the call of a tool (effect: %s) with the error %s after one attempt',
    async (effect, code) => {
      const { outcome, received } = await invoke(effect, answer);

      expect(outcome).toBeInstanceOf(ToolError);
      expect(outcome).toMatchObject({ code });
      expect(JSON.stringify(outcome instanceof ToolError && outcome.toBody(null))).not.toContain('secret');
      expect(received).toHaveLength(1);
    },
  );
});

test.each([
  ['read', 'provider_timeout'],
  ['create', 'outcome_unknown'],
] as const)('the deadline ends a %s with the error %s', async (effect, code) => {
  const controller = new AbortController();
  const { outcome } = await invoke(effect, () => controller.abort(), controller.signal);

  expect(outcome).toMatchObject({ code });
});

test('a failed connection means that the function has not started', async () => {
  const gone = await startRecordingServer();
  await gone.close();
  const [tool] = mcpCatalogue([toolWith({}, { effect: 'create' })], '1.0.0').tools;
  const invokeTool = createToolInvoker('', { endpoint: gone.url, ...AWS });

  const outcome = tool && invokeTool(tool, CALL, AbortSignal.timeout(5_000));

  await expect(outcome).rejects.toMatchObject({ code: 'dependency_unavailable' });
});
