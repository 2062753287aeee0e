import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import aws4 from 'aws4';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type InvokeApi, startInvokeApi } from '../../../local/lambda/start-invoke-api.ts';
import { sendRequest } from '../gateway/send-request.ts';

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
    credentials: api.credentials,
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

test('the emulated Lambda API invokes a function with an event and a client context', async () => {
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

test.each(['fail', 'flood'])(
  'the emulated Lambda API reports the failure of a function that throws an error or returns too much: %s',
  async (name) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});

    expect(await invoke(name)).toMatchObject({ error: 'Unhandled', payload: { errorType: 'Error' } });
    expect(printed).toHaveBeenCalledOnce();
    printed.mockRestore();
  },
);

test('the emulated Lambda API reports that a function timed out', async () => {
  expect(await invoke('hang')).toMatchObject({
    error: 'Unhandled',
    payload: { errorType: 'Sandbox.Timedout' },
  });
});

test.each([
  ['a function that does not exist', () => invoke('nobody'), 'ResourceNotFoundException'],
  ['an event that is not JSON', () => invoke('echo', '{'), 'InvalidRequestContentException'],
  ['a client context that is not JSON', () => invoke('echo', '{}', 'e3s='), 'InvalidRequestContentException'],
  ['an event over 6 MB', () => invoke('echo', `"${'x'.repeat(6_300_000)}"`), 'RequestTooLargeException'],
])('the emulated Lambda API rejects %s', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

test('the emulated Lambda API rejects other operations of the Lambda API', async () => {
  await expect(lambda.send(new ListFunctionsCommand())).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

describe('the access key', () => {
  test('is new at each start', async () => {
    const other = await startInvokeApi({ functions: [] });
    await other.close();

    expect(other.credentials.secretAccessKey).not.toBe(api.credentials.secretAccessKey);
    expect(api.credentials.secretAccessKey).toMatch(/^[\w-]{32}$/);
  });

  test.each([
    ['an access key of another run', { accessKeyId: 'local', secretAccessKey: 'local' }],
    [
      'an access key with a session token',
      { accessKeyId: 'ASIA', secretAccessKey: 'local', sessionToken: 'x' },
    ],
  ])('is rejected, even if the function does not exist: %s', async (_, credentials) => {
    const other = new LambdaClient({ endpoint: api.url, region: 'eu-west-1', credentials, maxAttempts: 1 });

    for (const FunctionName of ['echo', 'nobody'])
      await expect(other.send(new InvokeCommand({ FunctionName, Payload: '{}' }))).rejects.toMatchObject({
        name: 'InvalidSignatureException',
        $metadata: { httpStatusCode: 403 },
      });
  });

  test('works for any region, and with a session token in the environment', async () => {
    const other = new LambdaClient({
      endpoint: api.url,
      region: 'us-gov-west-1',
      credentials: { ...api.credentials, sessionToken: 'of-the-shell' },
      maxAttempts: 1,
    });

    const { Payload } = await other.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"a":1}' }));

    expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ event: { a: 1 } });
  });

  const path = '/2015-03-31/functions/echo/invocations';
  const signed = (body: string) => {
    const { host } = new URL(api.url);
    const request = { host, path, method: 'POST', service: 'lambda', region: 'eu-west-1', body };
    return (
      aws4.sign({ ...request, headers: { 'x-amz-client-context': 'e30=' } }, api.credentials).headers ?? {}
    );
  };
  const statusOf = async (headers: object, { body = '{"a":1}', url = path } = {}) => {
    const own = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return (await sendRequest(api.url + url, { headers: Object.fromEntries(own), body })).status;
  };

  test('signs the event, the client context and the name of the function', async () => {
    const headers = signed('{"a":1}');

    expect(await statusOf(headers)).toBe(200);
    expect(await statusOf(headers, { body: '{"a":2}' })).toBe(403);
    expect(await statusOf({ ...headers, 'x-amz-client-context': 'e30' })).toBe(403);
    expect(await statusOf(headers, { url: path.replace('echo', 'fail') })).toBe(403);
    expect(await statusOf({ ...headers, 'X-Amz-Date': '20260101T000000Z' })).toBe(403);
    expect(await statusOf({ ...headers, Authorization: 'AWS4-HMAC-SHA256 Credential=local' })).toBe(403);
    expect(await statusOf({})).toBe(403);
  });
});
