import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoginClient, logInAt } from '../../support/login-client.ts';
import { anyList } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());

const list = anyList();
const METADATA = '/.well-known/oauth-protected-resource';

const newClient = (mode: 'legacy' | { pin: '2026-07-28' } = 'legacy') =>
  new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });

describe.each([
  ['2025-11-25', 'legacy'],
  ['2026-07-28', { pin: '2026-07-28' }],
] as const)('the official MCP client, revision %s of the protocol', (_, mode) => {
  test.each(['/mcp', '/mcp?readonly=1'])('needs only the URL %s to log in and call a tool', async (path) => {
    const url = new URL(path, stack.gateway.url);
    const authProvider = new LoginClient();
    const first = new StreamableHTTPClientTransport(url, { authProvider });
    await expect(newClient(mode).connect(first)).rejects.toThrow(UnauthorizedError);
    const { loginUrl } = authProvider;
    if (!loginUrl) throw new Error('The client found no login.');

    await first.finishAuth(await logInAt(loginUrl, 'user_ada'));
    const client = newClient(mode);
    await client.connect(new StreamableHTTPClientTransport(url, { authProvider }));
    const result = await client.callTool({ name: list.name, arguments: { max_results: 1 } });
    await client.close();

    expect(result.structuredContent).toMatchObject({ count: expect.any(Number) });
    const claims = decodeJwt(authProvider.tokens()?.access_token ?? '');
    expect(claims).toMatchObject({ sub: 'user_ada', aud: `${stack.gateway.url}/mcp` });
  });
});

describe('the response to a client without a token', () => {
  test.each([METADATA, `${METADATA}/mcp`])('names the issuer at %s', async (path) => {
    const response = await fetch(stack.gateway.url + path);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      resource: `${stack.gateway.url}/mcp`,
      authorization_servers: [stack.issuer.url],
      bearer_methods_supported: ['header'],
    });
  });

  test.each(['/tools', '/openapi.json', '/accounts', '/mcp', `${METADATA}/tools`])(
    'is an error at %s',
    async (path) => {
      expect([401, 404]).toContain((await fetch(stack.gateway.url + path)).status);
    },
  );
});
