import { defineTool, multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { readThing } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

/** Makes a call, and returns the request that the provider receives. */
async function requestOf(
  call: (api: ProviderClient) => Promise<unknown>,
  effect: 'read' | 'update' = 'update',
) {
  const tool = defineTool({
    connector: readThing.connector,
    name: 'acme_call_thing',
    effect,
    confirm: false,
    scopes: [],
    description: 'A tool of this test.',
    examples: [],
    async run(_input, { api }) {
      await call(api);
      return {};
    },
  });
  const { status } = await bed.environment(tool)();
  expect(status).toBe(200);
  const [request, ...others] = bed.provider.requests;
  expect(others).toEqual([]);
  return request;
}

test('the first read of an environment makes three requests in sequence, and a later read makes one request', async () => {
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  bed.scalekit.addFault({ latencyMs: 20 });
  const call = bed.environment(readThing);

  await call({ input: { thing: 't1' } });
  const cold = bed.calls();
  await call({ input: { thing: 't1' } });

  expect(cold).toEqual(['token', 'GetConnectedAccountDetails', 'proxy']);
  expect(bed.calls().slice(cold.length)).toEqual(['proxy']);
});

test('a call leaves no timer, so that a script can end immediately after its last call', async () => {
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  const call = bed.environment(readThing);
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  await call({ input: { thing: 't1' } });
  const before = timers();

  await Promise.all(Array.from({ length: 20 }, () => call({ input: { thing: 't1' } })));

  expect(timers()).toBeLessThan(before + 10);
});

test('a query keeps its order, repeats the key of an array and omits undefined values', async () => {
  const query = {
    format: 'metadata',
    metadataHeaders: ['From', 'Subject'],
    page: undefined,
    after: 'a b&c=d/é',
    full: false,
  };

  const request = await requestOf((api) => api.get(path`/messages`, { query }), 'read');

  expect(request?.url).toBe(
    '/messages?format=metadata&metadataHeaders=From&metadataHeaders=Subject&after=a+b%26c%3Dd%2F%C3%A9&full=false',
  );
});

test('a path reaches the provider unchanged', async () => {
  const request = await requestOf(
    (api) => api.get(path`/repos/${'a b'}/${'100%'}/contents/${multiSegment('docs/ü/read me.md')}`),
    'read',
  );

  expect(request?.url).toBe('/repos/a%20b/100%25/contents/docs/%C3%BC/read%20me.md');
});

test.each([
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
] as const)('%s sends its body as JSON in UTF-8', async (method, expected) => {
  const request = await requestOf((api) =>
    api[method](path`/things`, { json: { title: 'Räder 🚲', note: null } }),
  );

  expect(request?.method).toBe(expected);
  expect(request?.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(request?.body).toBe('{"title":"Räder 🚲","note":null}');
});

test('a form is sent with the content type of forms', async () => {
  const request = await requestOf((api) =>
    api.post(path`/things`, { form: { title: 'a b', count: 2, none: undefined } }),
  );

  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(request?.body).toBe('title=a+b&count=2');
});

test('delete sends no body, and accepts an empty 204 as success', async () => {
  bed.provider.script = () => ({ status: 204, body: '' });

  const request = await requestOf((api) => api.delete(path`/things/t1`));

  expect(request).toMatchObject({ method: 'DELETE', url: '/things/t1', body: '' });
});

test('the headers of a call reach the provider, but our headers for Scalekit do not', async () => {
  const request = await requestOf(
    (api) => api.get(path`/things`, { headers: { accept: 'text/plain' } }),
    'read',
  );

  expect(request?.headers).toMatchObject({
    accept: 'text/plain',
    authorization: 'Bearer acme-token-of-user_ada',
  });
  expect(request?.headers).not.toHaveProperty('identifier');
  expect(request?.headers).not.toHaveProperty('connection_name');
});
