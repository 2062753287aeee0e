import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkLogin } from '../../local/doctor/check-login.ts';
import { describeFinding } from '../../local/doctor/finding.ts';
import { readDoctorOptions } from '../../local/doctor/read-doctor-options.ts';
import { startStack } from '../../local/start-stack.ts';
import { startRecordingServer } from '../support/recording-server.ts';

const METADATA = '/.well-known/oauth-protected-resource';

/**
 * One server is both the API and its issuer. Each test sets the responses for its paths. All other paths return 404.
 */
let server: Awaited<ReturnType<typeof startRecordingServer>>;
let answers: Record<string, { status?: number; json?: object }>;
beforeAll(async () => {
  server = await startRecordingServer(({ url = '' }, response) => {
    const { status = 200, json = {} } = answers[url] ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  const metadata = { resource: `${server.url}/mcp`, authorization_servers: [server.url] };
  answers = {
    '/mcp': { status: 401 },
    [`${METADATA}/mcp`]: { json: metadata },
    '/.well-known/openid-configuration': {
      json: {
        issuer: server.url,
        code_challenge_methods_supported: ['S256'],
        registration_endpoint: `${server.url}/register`,
      },
    },
  };
});

async function findings(path = '/mcp', audience = `tools, ${server.url}/mcp`): Promise<string> {
  const found: string[] = [];
  for await (const finding of checkLogin(new URL(path, server.url), { OIDC_AUDIENCE: audience }))
    found.push(describeFinding(finding));
  return found.join('\n');
}

test('checkLogin finds no fault in the login of the local stack', async () => {
  const stack = await startStack({ log: () => {}, tools: async () => [] });
  const found: string[] = [];
  for await (const finding of checkLogin(new URL('/mcp', stack.gateway.url), stack.variables))
    found.push(describeFinding(finding));
  await stack.close();

  expect(found).toEqual([
    expect.stringMatching(/^ok .* answers 401 without a token/),
    expect.stringMatching(/^ok .* find the login of \S+\/mcp, and OIDC_AUDIENCE holds this resource\.$/),
    expect.stringMatching(/^ok .* register themselves with /),
  ]);
});

describe('a correct login', () => {
  test('may have its metadata at the root path', async () => {
    answers[METADATA] = answers[`${METADATA}/mcp`] ?? {};
    delete answers[`${METADATA}/mcp`];

    expect(await findings()).not.toContain('FAULT');
  });

  test('may have an issuer that does not let clients register themselves', async () => {
    const metadata = { issuer: server.url, code_challenge_methods_supported: ['S256'] };
    answers['/.well-known/oauth-authorization-server'] = { json: metadata };

    expect(await findings()).toMatch(
      /^ok .* registers no client by itself: give each MCP client a client ID/m,
    );
  });
});

describe('a fault in a login', () => {
  test.each<[string, () => string | undefined, RegExp]>([
    [
      'an authorizer that returns 403',
      () => {
        answers['/mcp'] = { status: 403 };
        return undefined;
      },
      /answers 403 without a token.*\n.*identity source \$request\.header\.Authorization/,
    ],
    [
      'an address that the API does not have',
      () => '/other',
      /\/other answers 404 without a token\.\n.*Copy the output McpUrl/,
    ],
    [
      'no metadata',
      () => {
        delete answers[`${METADATA}/mcp`];
        return undefined;
      },
      /cannot find the login: \S+\/oauth-protected-resource\/mcp and \S+\/oauth-protected-resource have no metadata\.\n.*set OIDC_ISSUER/,
    ],
    [
      'an address below a named stage',
      () => {
        answers['/prod/mcp'] = { status: 401 };
        delete answers[`${METADATA}/mcp`];
        return '/prod/mcp';
      },
      /cannot find the login: \S+\/oauth-protected-resource\/prod\/mcp and .*\n.*named stage or the path of a base-path mapping/,
    ],
    [
      'metadata of another resource',
      () => {
        answers['/prod/mcp'] = { status: 401 };
        answers[METADATA] = answers[`${METADATA}/mcp`] ?? {};
        return '/prod/mcp';
      },
      /The metadata for \S+\/prod\/mcp is that of \S+\/mcp, so clients refuse it\./,
    ],
    [
      'an issuer whose metadata names another issuer',
      () => {
        answers['/.well-known/openid-configuration'] = { json: { issuer: 'https://other.example' } };
        return undefined;
      },
      /has no metadata of its own\.\n.*OIDC_ISSUER/,
    ],
    [
      'an issuer without PKCE',
      () => {
        answers['/.well-known/openid-configuration'] = { json: { issuer: server.url } };
        return undefined;
      },
      /does not offer PKCE with S256/,
    ],
  ])('is reported once: %s', async (_, change, expected) => {
    const path = change();

    const found = await findings(path);

    expect(found.match(/FAULT/g)).toHaveLength(1);
    expect(found).toMatch(expected);
  });

  test.each(['', 'tools', 'https://api.example.com/mcp'])(
    'is reported if OIDC_AUDIENCE does not contain the resource: its value is %j',
    async (audience) => {
      expect(await findings('/mcp', audience)).toMatch(/OIDC_AUDIENCE does not hold \S+\/mcp\.\n.*Add it/);
    },
  );

  test('is reported if the host cannot be reached', async () => {
    const found: string[] = [];
    for await (const finding of checkLogin(new URL('http://127.0.0.1:1/mcp'), {}))
      found.push(describeFinding(finding));

    expect(found.join()).toContain('http://127.0.0.1:1/mcp cannot be reached.');
  });
});

test('checkLogin checks nothing if there is no URL', async () => {
  const { value } = await checkLogin(undefined, {}).next();

  expect(value).toMatchObject({ verdict: 'not checked', text: expect.stringContaining('without --mcp') });
});

describe('npm run doctor -- --mcp', () => {
  test('accepts the output McpUrl', () => {
    const { mcpUrl } = readDoctorOptions(['--as', 'u', '--live', '--mcp', 'https://api.example.com/mcp']);

    expect(mcpUrl?.href).toBe('https://api.example.com/mcp');
  });

  test.each([
    [['--mcp', 'https://api.example.com/mcp'], '--mcp goes with --live'],
    [['--live', '--mcp', 'http://api.example.com/mcp'], '--mcp must be'],
    [['--live', '--mcp', 'https://api.example.com/mcp?readonly=1'], '--mcp must be'],
    [['--live', '--mcp', 'mcp'], '--mcp must be'],
  ])('rejects the arguments %j', (args, message) => {
    expect(() => readDoctorOptions(['--as', 'u', ...args])).toThrow(message);
  });
});
