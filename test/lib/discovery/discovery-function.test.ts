import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoveryCatalogue } from '../../../lib/discovery/discovery-catalogue.ts';
import { createDiscoveryFunction } from '../../../lib/discovery/discovery-function.ts';
import { openApiDocument } from '../../../lib/schemas/openapi.ts';
import { DEFINITION_FORMATS, toolDefinitions } from '../../../lib/schemas/tool-definitions.ts';
import type { Environment } from '../../../lib/settings/parse-settings.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';

const TOOLS = [readThing, createThing];
const CATALOGUE = discoveryCatalogue(TOOLS, '1.2.3');

async function get(routeKey: string, changes: object = {}, variables: Environment = {}) {
  const handler = createDiscoveryFunction(CATALOGUE, { variables, log: () => {} });
  const event = { ...httpEvent({ headers: { host: 'api.example.com' } }), routeKey, ...changes };
  return readHttpAnswer(await handler(event, lambdaContext()));
}

describe('GET /tools', () => {
  test.each(DEFINITION_FORMATS)('returns the definitions in the format %s', async (format) => {
    const answer = await get('GET /tools', { queryStringParameters: { format } });

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json).toEqual(JSON.parse(JSON.stringify(toolDefinitions(TOOLS, format))));
  });

  test("returns the definitions in MCP's format by default", async () => {
    expect((await get('GET /tools')).json).toEqual(
      (await get('GET /tools', { queryStringParameters: { format: 'mcp' } })).json,
    );
  });

  test.each(['', 'MCP', 'mcp,openai', '__proto__', 'constructor'])(
    'rejects the format %j',
    async (format) => {
      const { status, error } = await get('GET /tools', { queryStringParameters: { format } });

      expect([status, error?.code]).toEqual([400, 'invalid_input']);
      expect(error?.details).toEqual([
        { path: 'format', issue: 'must be one of mcp, openai, anthropic, converse' },
      ]);
    },
  );
});

describe('GET /tools with a filter', () => {
  const names = async (query: Record<string, string>, claims: object = {}, variables: Environment = {}) => {
    const authorizer = { jwt: { claims: { sub: 'user_ada', ...claims } } };
    const requestContext = { http: { method: 'GET', path: '/tools' }, authorizer };
    const answer = await get('GET /tools', { queryStringParameters: query, requestContext }, variables);
    const { tools } = z.object({ tools: z.array(z.object({ name: z.string() })) }).parse(answer.json);
    return tools.map(({ name }) => name);
  };

  test.each([
    ['the tools of a connector', { connectors: 'acme' }, [readThing.name, createThing.name]],
    ['the named tools', { tools: createThing.name }, [createThing.name]],
    ['the tools that read', { readonly: '1' }, [readThing.name]],
    ['the tools that read, in another format', { readonly: '1', format: 'anthropic' }, [readThing.name]],
  ])('returns only %s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test.each([
    ['tools:read', [readThing.name]],
    ['tools:write', [createThing.name]],
    ['tools:read tools:write', [readThing.name, createThing.name]],
    ['', []],
  ])('returns only the tools that a token with the scopes "%s" may call', async (scope, expected) => {
    const variables = { READ_SCOPE: 'tools:read', WRITE_SCOPE: 'tools:write' };

    expect(await names({}, { scope }, variables)).toEqual(expected);
  });

  test('rejects an unknown key in the query', async () => {
    const { status, error } = await get('GET /tools', { queryStringParameters: { readOnly: '1' } });

    expect([status, error?.code]).toEqual([400, 'invalid_input']);
  });
});

describe('GET /openapi.json', () => {
  test.each([
    ['on a domain', { rawPath: '/openapi.json' }, 'https://api.example.com'],
    ['below a stage', { rawPath: '/prod/openapi.json' }, 'https://api.example.com/prod'],
    ['with an unexpected path', { rawPath: '/openapi.json/more' }, '/'],
    ['without headers', { headers: null }, '/'],
    ['with an invalid host', { headers: { host: 'a b', 'x-forwarded-proto': 'https' } }, '/'],
  ])('returns a document with the URL of the API: %s', async (_, changes, url) => {
    const headers = { host: 'api.example.com', 'x-forwarded-proto': 'https' };

    const { status, json } = await get('GET /openapi.json', { headers, ...changes });

    expect(status).toBe(200);
    expect(json).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(TOOLS, { version: '1.2.3', servers: [url] }))),
    );
  });
});

describe('GET /openapi.json with a filter', () => {
  const shown = async (query: Record<string, string>, scope = '', variables: Environment = {}) => {
    const authorizer = { jwt: { claims: { sub: 'user_ada', scope } } };
    const requestContext = { http: { method: 'GET', path: '/openapi.json' }, authorizer };
    return get('GET /openapi.json', { queryStringParameters: query, requestContext }, variables);
  };
  const documentOf = (tools: typeof TOOLS) =>
    JSON.parse(JSON.stringify(openApiDocument(tools, { version: '1.2.3', servers: ['/'] })));
  const scopes = { READ_SCOPE: 'tools:read', WRITE_SCOPE: 'tools:write' };

  test.each<[string, Record<string, string>, string, Environment, typeof TOOLS]>([
    ['the tools of a connector', { connectors: 'acme' }, '', {}, TOOLS],
    ['one tool', { tools: createThing.name }, '', {}, [createThing]],
    ['the tools that read', { readonly: '1' }, '', {}, [readThing]],
    ['the tools for which the token has the scope', {}, 'tools:read', scopes, [readThing]],
  ])('returns only %s, and their components', async (_, query, scope, variables, tools) => {
    const { status, json } = await shown(query, scope, variables);

    expect(status).toBe(200);
    expect(json).toEqual({ ...documentOf(tools), servers: [expect.anything()] });
  });

  test('returns only the operations that list tools if the token may call no tool', async () => {
    const { json } = await shown({}, '', scopes);

    expect(json).toMatchObject({
      paths: { '/tools': {}, '/openapi.json': {} },
      tags: [{ name: 'discovery' }],
    });
    expect(JSON.stringify(json)).not.toMatch(/acme|IdempotencyKey/);
  });

  test('rejects an unknown key in the query', async () => {
    const { status, error } = await shown({ readOnly: '1' });

    expect([status, error?.code]).toEqual([400, 'invalid_input']);
  });
});

describe('the metadata for a client without a token', () => {
  const OIDC_ISSUER = 'https://issuer.example.com';
  const METADATA = '/.well-known/oauth-protected-resource';
  const anyone = { requestContext: { http: { method: 'GET', path: METADATA }, authorizer: null } };

  test.each([
    ['at the root of a domain', METADATA, METADATA, 'https://api.example.com/mcp'],
    ['below the root of a domain', `${METADATA}/mcp`, `${METADATA}/mcp`, 'https://api.example.com/mcp'],
    ['below a stage', METADATA, `/prod${METADATA}`, 'https://api.example.com/prod/mcp'],
    [
      'below the path of a mapping',
      `${METADATA}/mcp`,
      `/v1${METADATA}/mcp`,
      'https://api.example.com/v1/mcp',
    ],
  ])('names the resource of an API %s', async (_, path, rawPath, resource) => {
    const headers = { host: 'api.example.com', 'x-forwarded-proto': 'https' };

    const { status, json } = await get(
      `GET ${path}`,
      { ...anyone, headers, rawPath, queryStringParameters: { readonly: '1' } },
      {
        OIDC_ISSUER,
        REQUIRED_SCOPE: 'tools:use',
        READ_SCOPE: 'tools:read',
        DELEGATION_SCOPE: 'tools:delegate',
      },
    );

    expect(status).toBe(200);
    expect(json).toEqual({
      resource,
      authorization_servers: [OIDC_ISSUER],
      scopes_supported: ['tools:use', 'tools:read'],
      bearer_methods_supported: ['header'],
    });
  });

  test('returns not_found if no issuer is set', async () => {
    expect((await get(`GET ${METADATA}`, anyone)).error?.code).toBe('not_found');
  });

  test('prevents the start of the function if the issuer is malformed', async () => {
    await expect(
      get(`GET ${METADATA}`, anyone, { OIDC_ISSUER: 'http://issuer.example.com' }),
    ).rejects.toThrow('OIDC_ISSUER is malformed');
  });
});

describe.each(['GET /tools', 'GET /openapi.json'])('%s', (routeKey) => {
  test('rejects an unverified caller', async () => {
    const requestContext = { http: { method: 'GET', path: '/tools' }, authorizer: null };

    expect((await get(routeKey, { requestContext })).error?.code).toBe('unauthenticated');
  });

  test('rejects a token without the required scope', async () => {
    const { status, error } = await get(routeKey, {}, { REQUIRED_SCOPE: 'tools' });

    expect([status, error?.code]).toEqual([403, 'forbidden']);
  });
});

test('a call with an unknown route returns internal_error', async () => {
  expect((await get('POST /tools')).error?.code).toBe('internal_error');
  expect((await get('GET /tools', { routeKey: null })).error?.code).toBe('internal_error');
});
