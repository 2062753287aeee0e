import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type InvokeApi, startInvokeApi } from '../../../local/lambda/start-invoke-api.ts';

let api: InvokeApi;
let lambda: LambdaClient;
beforeAll(async () => {
  api = await startInvokeApi({
    timeoutMs: 200,
    functions: [
      {
        functionName: 'echo',
        handler: async (event, context) => ({ event, custom: Object(context).clientContext }),
      },
      { functionName: 'fail', handler: () => Promise.reject(new Error('secret detail')) },
      { functionName: 'hang', handler: () => new Promise(() => {}) },
      { functionName: 'flood', handler: async () => 'x'.repeat(6_300_000) },
    ],
  });
  lambda = new LambdaClient({
    endpoint: api.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(() => api.close());

async function invoke(FunctionName: string, Payload = '{}', ClientContext?: string) {
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName, Payload, ...(ClientContext && { ClientContext }) }),
  );
  return { error: answer.FunctionError, payload: JSON.parse(answer.Payload?.transformToString() ?? '') };
}

test('invokes a function with an event and a client context', async () => {
  const context = { custom: { bedrockAgentCoreToolName: 'target___tool' } };

  const { error, payload } = await invoke(
    'echo',
    '{"a":1}',
    Buffer.from(JSON.stringify(context)).toString('base64'),
  );

  expect(error).toBeUndefined();
  expect(payload).toEqual({ event: { a: 1 }, custom: context });
  expect((await invoke('echo')).payload).toEqual({ event: {} });
});

test.each(['fail', 'flood'])('says that a function broke down, %s', async (name) => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});

  expect(await invoke(name)).toMatchObject({ error: 'Unhandled', payload: { errorType: 'Error' } });
  expect(printed).toHaveBeenCalledOnce();
  printed.mockRestore();
});

test('says that a function is out of time', async () => {
  expect(await invoke('hang')).toMatchObject({
    error: 'Unhandled',
    payload: { errorType: 'Sandbox.Timedout' },
  });
});

test.each([
  ['a function that does not exist', () => invoke('nobody'), 'ResourceNotFoundException'],
  ['an event that is no JSON', () => invoke('echo', '{'), 'InvalidRequestContentException'],
  ['a client context that is no JSON', () => invoke('echo', '{}', 'e3s='), 'InvalidRequestContentException'],
  ['an event over 6 MB', () => invoke('echo', `"${'x'.repeat(6_300_000)}"`), 'RequestTooLargeException'],
])('refuses %s', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

test('does nothing else', async () => {
  expect((await fetch(`${api.url}/2015-03-31/functions`)).status).toBe(404);
});
