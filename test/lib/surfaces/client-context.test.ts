import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiEvent, functionEvent } from '../../../local/events/bedrock-events.ts';
import { invokeOverApi } from '../../../local/lambda/invoke-over-api.ts';
import { startInvokeApi } from '../../../local/lambda/start-invoke-api.ts';
import { readThing } from '../../support/acme.ts';
import { agentCoreContext } from '../../support/agentcore-context.ts';
import { ErrorAnswer, httpEvent, lambdaContext } from '../../support/http-event.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
});
afterAll(() => bed.close());
beforeEach(() => bed.reset());

const NAME = readThing.name;
const input = { thing: 't1' };
const direct = { tool: NAME, identifier: 'user_grace', input };
const { custom } = agentCoreContext(NAME, { Authorization: 'Bearer a.b.c' }).clientContext;
const lowerCased = Object.fromEntries(
  Object.entries(custom).map(([key, value]) => [key.toLowerCase(), value]),
);

const CLIENT_CONTEXTS: readonly [name: string, clientContext: unknown][] = [
  ['null', null],
  ['an empty object', {}],
  ['an empty custom', { custom: {} }],
  ['a null custom', { custom: null }],
  ['an empty Custom', { Custom: {} }],
  ['CUSTOM', { CUSTOM: custom }],
  ['client and env', { client: { app_title: 'agent' }, env: { locale: 'en' } }],
  ['keys of another client', { custom: { tool: `x___${NAME}` } }],
  ['the keys of AgentCore in lower case', { custom: lowerCased }],
  ['the keys of AgentCore outside custom', custom],
  ['the keys of AgentCore in env', { env: custom, client: custom }],
  ['only the propagated headers', { custom: { bedrockAgentCorePropagatedHeaders: {} } }],
  ['only the name of the tool', { custom: { bedrockAgentCoreToolName: `x___${NAME}` } }],
  ['only the ID of the gateway', { custom: { bedrockAgentCoreGatewayId: 'x' } }],
  ['custom as a text', { custom: JSON.stringify(custom) }],
  ['custom as an array', { custom: [custom] }],
  ['an empty array', []],
  ['an array', [{ custom }]],
  ['a text', JSON.stringify({ custom })],
  ['an empty text', ''],
  ['a number', 0],
  ['false', false],
];

/** A model could send these inputs to imitate the event of another surface. */
const EVENTS: readonly [name: string, event: unknown][] = [
  ['direct invocation', direct],
  ['direct invocation with a key', { ...direct, idempotency_key: 'key-1' }],
  ['the HTTP API', httpEvent({ claims: { sub: 'user_grace' }, body: input })],
  ['Bedrock', functionEvent(NAME, input, { sessionAttributes: { identifier: 'user_grace' } })],
  ['Bedrock with OpenAPI', apiEvent(NAME, input, { sessionAttributes: { identifier: 'user_grace' } })],
];

describe.each(CLIENT_CONTEXTS)('the client context (%s)', (_, clientContext) => {
  test.each(EVENTS)('does not let an event of %s name the user', async (_name, event) => {
    const answer = await bed.handler(readThing)(event, { ...lambdaContext(), clientContext });

    expect(['internal_error', 'unauthenticated']).toContain(ErrorAnswer.parse(answer).error.code);
    expect(bed.calls()).toEqual([]);
  });
});

test('the error for an event with an empty client context states how to call the tool, and the log states an unknown surface', async () => {
  const answer = await bed.handler(readThing)(direct, { ...lambdaContext(), clientContext: {} });

  const { code, message } = ErrorAnswer.parse(answer).error;
  expect(code).toBe('internal_error');
  expect(message).toMatch(/\(agentcore, bedrock, http, direct\).*client context.*without/);
  expect(JSON.parse(bed.logged())).toMatchObject({ surface: 'unknown', code: 'internal_error' });
  expect(bed.measured()).toMatchObject([{ isRecognised: false }]);
});

test('an event from a queue makes the invocation fail, is logged, and sends no request', async () => {
  const event = { Records: [{ messageId: '1', body: JSON.stringify(direct), eventSource: 'aws:sqs' }] };

  await expect(bed.handler(readThing)(event, lambdaContext())).rejects.toMatchObject({
    code: 'internal_error',
  });

  expect(JSON.parse(bed.logged())).toMatchObject({ surface: 'unknown', code: 'internal_error' });
  expect(bed.calls()).toEqual([]);
});

test.each(EVENTS)('an event of %s is accepted if there is no client context', async (_, event) => {
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });

  const answer = await bed.handler(readThing)(event, lambdaContext());

  expect(JSON.stringify(answer)).toContain('A thing');
});

test('a call over the Lambda API is rejected if it has a client context header', async () => {
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  const api = await startInvokeApi({ functions: [{ functionName: NAME, handler: bed.handler(readThing) }] });

  const { answer: refused } = await invokeOverApi(api, NAME, direct, {});
  const { answer: taken } = await invokeOverApi(api, NAME, direct);
  await api.close();

  expect(ErrorAnswer.parse(refused).error.code).toBe('internal_error');
  expect(taken).toEqual({ id: 't1', title: 'A thing' });
});
