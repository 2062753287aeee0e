import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { checkRegion } from '../../local/doctor/check-region.ts';
import { errorFinding } from '../../local/doctor/error-finding.ts';
import { examine } from '../../local/doctor/examine.ts';
import { describeFinding, type Finding, fault, ok } from '../../local/doctor/finding.ts';
import { probeOf } from '../../local/doctor/probes.ts';
import { readDoctorOptions } from '../../local/doctor/read-doctor-options.ts';
import type { FaultInput } from '../../local/scalekit/fault-schema.ts';
import { seedOfProviders } from '../../local/scalekit/seed-of-providers.ts';
import { startScalekitEmulator } from '../../local/scalekit/start-scalekit-emulator.ts';
import { SECRET_ARN, startSecretsManager } from '../../local/secrets-manager/start-secrets-manager.ts';
import { callWithString, createThing, readThing, searchThings } from '../support/acme.ts';
import { hasTools } from '../support/project-tools.ts';
import { runScript, runScriptWith } from '../support/run-script.ts';
import { answer, inTurn, startScriptedScalekit } from '../support/scripted-scalekit.ts';
import { startStackForTest } from '../support/start-stack-for-test.ts';

const PROJECT = join(import.meta.dirname, '../..');
const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
const DETAILS = '/api/v1/connected_accounts/details';
// These tools have two connectors, which is enough for all kinds of findings.
const EXAMINED = ['gmail_list_filters', 'gmail_list_unread', 'slack_send_message'];
const NOWHERE = 'http://127.0.0.1:1';
const CONSENT = /Ask the user to consent at http:\/\/127\.0\.0\.1:\d+\/magicLink\/\S+$/;

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let shipped: Tool[];
let tools: Tool[];

beforeAll(async () => {
  stack = await startStackForTest();
  shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);
  tools = shipped.filter(({ name }) => EXAMINED.includes(name));
});
beforeEach(({ skip }) => skip(!hasTools(...EXAMINED), 'The project lacks a tool that is examined.'));
afterEach(() => {
  stack.scalekit.reset();
  vi.unstubAllEnvs();
});
afterAll(() => stack.close());

interface Case {
  variables?: Environment;
  identifier?: string;
  tools?: readonly Tool[];
}

async function findings({ variables = {}, ...options }: Case = {}): Promise<Finding[]> {
  const found: Finding[] = [];
  const examined = { identifier: 'user_ada', tools, ...options };
  for await (const finding of examine({
    ...examined,
    variables: { ...stack.variables, CONNECT_URL: '', ...variables },
  }))
    found.push(finding);
  return found;
}

const faultsIn = (found: readonly Finding[]) => found.filter(({ verdict }) => verdict === 'FAULT');
const textsOf = (found: readonly Finding[]) => found.map(describeFinding).join('\n');

type Status = 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'EXPIRED' | 'DISCONNECTED';
/** Sets the status of Ada's Gmail account. All her other accounts are ACTIVE. */
const account = (status: Status) => (): undefined => {
  stack.scalekit.setAccount('gmail', 'user_ada', { status });
};
const failing = (given: FaultInput) => (): undefined => {
  stack.scalekit.addFault(given);
};

describe('doctor, with a faulty local stack', () => {
  test.each<[name: string, make: () => Case | undefined, text: RegExp, fix: RegExp]>([
    [
      'missing client secret',
      () => ({ variables: { SCALEKIT_CLIENT_SECRET: '' } }),
      /^SCALEKIT_CLIENT_SECRET is not set\.$/,
      /the secret of that client/,
    ],
    [
      'missing client ID',
      () => ({ variables: { SCALEKIT_CLIENT_ID: undefined } }),
      /^SCALEKIT_CLIENT_ID is not set\.$/,
      /the ID of the Scalekit environment's API client/,
    ],
    [
      'malformed URL',
      () => ({ variables: { SCALEKIT_ENV_URL: 'http://acme.scalekit.com' } }),
      /^SCALEKIT_ENV_URL is malformed\.$/,
      /such as https:\/\/acme\.scalekit\.com/,
    ],
    [
      'missing USER_VERIFY_URL',
      () => ({ variables: { USER_VERIFY_URL: '' } }),
      /^USER_VERIFY_URL is not set\.$/,
      /to which the user returns after consent/,
    ],
    [
      'malformed identity template of all connectors',
      () => ({ variables: { IDENTITY_TEMPLATE: '{org_id}{sub}' } }),
      /^IDENTITY_TEMPLATE is malformed\.$/,
      /such as \{sub\} or \{org_id\}:\{sub\}/,
    ],
    [
      'malformed identity template of one connector',
      () => ({ variables: { SLACK_IDENTITY_TEMPLATE: 'everybody' } }),
      /^SLACK_IDENTITY_TEMPLATE is malformed\.$/,
      /such as \{sub\}/,
    ],
    [
      'malformed connection name',
      () => ({ variables: { GMAIL_CONNECTION: 'my mail' } }),
      /^GMAIL_CONNECTION is malformed\.$/,
      /the name of the connection in Scalekit/,
    ],
    [
      'missing table',
      () => ({ variables: { IDEMPOTENCY_TABLE: '' } }),
      /^IDEMPOTENCY_TABLE is not set\.$/,
      /the name of the DynamoDB table/,
    ],
    [
      'unreachable environment',
      () => ({ variables: { SCALEKIT_ENV_URL: NOWHERE } }),
      /^http:\/\/127\.0\.0\.1:1 cannot be reached: nothing responds in time \(ECONNREFUSED\)\.$/,
      /^Copy SCALEKIT_ENV_URL again .* check the network/,
    ],
    [
      'unknown host',
      // No DNS request is sent for this host name, because a part with more than 63 characters is not valid.
      () => ({ variables: { SCALEKIT_ENV_URL: `https://${'a'.repeat(64)}.scalekit.com` } }),
      /^https:\/\/a+\.scalekit\.com cannot be reached: there is no host with that name/,
      /^Copy SCALEKIT_ENV_URL again/,
    ],
    [
      'environment without TLS',
      () => ({ variables: { SCALEKIT_ENV_URL: stack.scalekit.url.replace('http:', 'https:') } }),
      /cannot be reached: no trusted TLS connection/,
      /NODE_EXTRA_CA_CERTS/,
    ],
    [
      'another server instead of the environment',
      () => ({ variables: { SCALEKIT_ENV_URL: stack.gateway.url } }),
      /^\S+ is not a Scalekit environment\.$/,
      /^Copy SCALEKIT_ENV_URL again/,
    ],
    [
      'status 5xx from every endpoint of Scalekit',
      failing({ path: '/*', answer: { status: 500 } }),
      /^Scalekit returns status 500 at /,
      /Run this again later/,
    ],
    [
      'wrong secret',
      () => ({ variables: { SCALEKIT_CLIENT_SECRET: 'that of yesterday' } }),
      /^Scalekit rejects SCALEKIT_CLIENT_ID or its secret\.$/,
      /^Copy both again from this environment's API settings/,
    ],
    [
      'wrong client ID',
      () => ({ variables: { SCALEKIT_CLIENT_ID: 'skc_other' } }),
      /^Scalekit rejects SCALEKIT_CLIENT_ID or its secret\.$/,
      /^Copy both again/,
    ],
    [
      'status 5xx from the token endpoint',
      failing({ path: '/oauth/token', answer: { status: 500 } }),
      /^Scalekit's token endpoint returns no token\.$/,
      /Run this again later/,
    ],
    [
      'rate limit of token requests',
      failing({ path: '/oauth/token', answer: { status: 429, headers: { 'retry-after': '60' } } }),
      /^Scalekit limits the client's token requests\.$/,
      /Run this again in a minute/,
    ],
    [
      'unreadable secret',
      () => {
        vi.stubEnv('AWS_REGION', 'eu-west-1');
        vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
        vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', NOWHERE);
        const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit';
        return { variables: { SCALEKIT_CLIENT_SECRET: '', SCALEKIT_CLIENT_SECRET_ARN: arn } };
      },
      /^The secret in SCALEKIT_CLIENT_SECRET_ARN cannot be read\.$/,
      /AWS credentials and region/,
    ],
    [
      'missing connection',
      () => ({ variables: { GMAIL_CONNECTION: 'my-mail' } }),
      /^gmail: Scalekit has no connection "my-mail"\.$/,
      /set GMAIL_CONNECTION to the name of an existing connection/,
    ],
    [
      'missing account',
      (): undefined => {
        stack.scalekit.deleteAccount('gmail', 'user_ada');
      },
      /^gmail: user_ada had no account\. It was created, with status PENDING_AUTH\.$/,
      CONSENT,
    ],
    ['PENDING_AUTH', account('PENDING_AUTH'), /^gmail: .* is PENDING_AUTH\.$/, CONSENT],
    [
      'PENDING_VERIFICATION',
      account('PENDING_VERIFICATION'),
      /^gmail: .* is PENDING_VERIFICATION\.$/,
      /The page at USER_VERIFY_URL has not verified the user after consent\. Ask the user to consent at http/,
    ],
    ['EXPIRED', account('EXPIRED'), /^gmail: .* is EXPIRED\.$/, CONSENT],
    ['DISCONNECTED', account('DISCONNECTED'), /^gmail: .* is DISCONNECTED\.$/, CONSENT],
    [
      'EXPIRED, and Scalekit returns no link',
      () => {
        account('EXPIRED')();
        return failing({ path: '/api/v1/connected_accounts/magic_link', answer: { status: 500 } })();
      },
      /^gmail: .* is EXPIRED\.$/,
      /Scalekit returns no link to the consent page\. Check USER_VERIFY_URL/,
    ],
    [
      'status 5xx from Scalekit for an account',
      failing({ path: DETAILS, answer: { status: 500 }, times: 1 }),
      /^gmail: the account: Scalekit cannot be reached at the moment; /,
      /Run this again later\. If the error persists, ask Scalekit's support\./,
    ],
    [
      'account that Scalekit refuses to return',
      failing({ path: DETAILS, answer: { status: 403 }, times: 1 }),
      /^gmail: the account: Scalekit refuses to look at connected accounts\.$/,
      /^Check in Scalekit's dashboard that the client in SCALEKIT_CLIENT_ID may manage connected accounts/,
    ],
    [
      'consent withdrawn at the provider',
      failing({ connection: 'gmail', accountToken: 'expired' }),
      /^gmail: the proxy \(GET \/gmail\/v1\/users\/me\/labels\): The provider refuses the credentials/,
      CONSENT,
    ],
    [
      'provider unavailable',
      failing({ connection: 'gmail', answer: { status: 503 } }),
      /^gmail: the proxy .*: The provider cannot be reached at the moment\.$/,
      /the provider's status page/,
    ],
    [
      'rate limit',
      failing({ connection: 'gmail', answer: { status: 429, headers: { 'retry-after': '3600' } } }),
      /^gmail: the proxy .*: Too many calls\.$/,
      /^Run this again in 3600 seconds\.$/,
    ],
    [
      'connection of another provider',
      failing({ connection: 'gmail', answer: { status: 404 } }),
      /^gmail: the proxy .*: The provider has no such thing\.$/,
      /that "gmail" is a connection of this provider, or set GMAIL_CONNECTION to another one/,
    ],
    [
      'missing right at the provider',
      failing({ connection: 'gmail', answer: { status: 403 } }),
      /^gmail: the proxy .*: The connected account lacks the right/,
      /Ask an administrator/,
    ],
    [
      'missing scope, according to the provider',
      failing({
        path: '/api/auth.test',
        connection: 'slack',
        answer: {
          status: 200,
          headers: { 'x-oauth-scopes': 'identify, users:read' },
          body: { ok: true },
        },
      }),
      /^slack: the account lacks chat:write\.$/,
      /Add these scopes to the connection "slack" in Scalekit's dashboard\. Ask the user to consent at http/,
    ],
    [
      'missing scope, if the provider rejects the read',
      failing({ connection: 'gmail', answer: insufficientScope() }),
      new RegExp(
        `^gmail: the proxy .*: The account was connected without a scope .* the scope ${READONLY}\\.$`,
      ),
      /Add the scopes \S+gmail\.readonly to the connection "gmail" in .* consent at http/,
    ],
    [
      'missing scope, if the provider rejects a tool',
      failing({ connection: 'gmail', path: '*/filters', answer: insufficientScope() }),
      new RegExp(`^gmail: gmail_list_filters: The account was .* It needs the scope ${READONLY}\\.$`),
      /Add the scopes \S+gmail\.readonly to the connection "gmail" in .* consent at http/,
    ],
  ])('reports the fault, and how to fix it: %s', async (_name, make, text, fix) => {
    const found = await findings(make() ?? {});

    expect(faultsIn(found), textsOf(found)).toEqual([
      { verdict: 'FAULT', text: expect.stringMatching(text), fix: expect.stringMatching(fix) },
    ]);
  });

  test('reports the fault, and how to fix it: the proxy is not enabled for the provider', async () => {
    const accessToken = 'a-token-of-ada';
    const { connections, grants } = seedOfProviders(stack.providers);
    const scalekit = await startScalekitEmulator({
      seed: {
        connections: connections.map((connection) => ({
          ...connection,
          proxyEnabled: connection.name !== 'gmail',
        })),
        grants,
        accounts: [
          { connection: 'gmail', identifier: 'user_ada', status: 'ACTIVE', accessToken },
          { connection: 'slack', identifier: 'user_ada', status: 'ACTIVE' },
        ],
      },
    });
    const found = await findings({ variables: { SCALEKIT_ENV_URL: scalekit.url } });
    await scalekit.close();

    expect(faultsIn(found)).toEqual([
      {
        verdict: 'FAULT',
        text: 'gmail: the proxy (GET /gmail/v1/users/me/labels): Scalekit has not enabled its proxy for this provider.',
        fix: expect.stringContaining(`ask Scalekit's support to enable the proxy`),
      },
    ]);
  });
});

describe('doctor', () => {
  test("finds no fault in a working stack, and does not request the user's credentials", async () => {
    const found = await findings();

    expect(textsOf(found).replaceAll(stack.scalekit.url, '<url>')).toBe(
      [
        'ok           All settings that the tools need are valid.',
        'ok           Scalekit responds at <url>.',
        'ok           Scalekit accepts the client credentials.',
        'ok           gmail: Scalekit has the connection "gmail".',
        'ok           gmail: the account of user_ada is ACTIVE.',
        'ok           gmail: the provider responds through the proxy (GET /gmail/v1/users/me/labels).',
        `ok           gmail: gmail_list_filters works with ${READONLY}.`,
        'ok           slack: Scalekit has the connection "slack".',
        'ok           slack: the account of user_ada is ACTIVE.',
        'ok           slack: the provider responds through the proxy (GET /api/auth.test).',
        'not checked  slack: whether the account has chat:write. No tool could test it.',
      ].join('\n'),
    );
    const rpcs = new Set(stack.scalekit.requests.flatMap(({ rpc }) => rpc ?? []));
    expect([...rpcs]).toEqual(['GetConnectedAccountDetails']);
  });

  test('continues with the other checks after a fault', async () => {
    account('EXPIRED')();
    const found = await findings({
      variables: { USER_VERIFY_URL: '', IDENTITY_TEMPLATE: 'nobody', SLACK_CONNECTION: 'my slack' },
    });

    expect(textsOf(found).replaceAll(stack.scalekit.url, '<url>').split('\n')).toEqual([
      'FAULT        USER_VERIFY_URL is not set.',
      expect.stringMatching(/^ {13}It should hold the https URL /),
      'FAULT        IDENTITY_TEMPLATE is malformed.',
      expect.stringMatching(/^ {13}It should hold how claims /),
      'FAULT        SLACK_CONNECTION is malformed.',
      '             It should hold the name of the connection in Scalekit.',
      'ok           Scalekit responds at <url>.',
      'ok           Scalekit accepts the client credentials.',
      'ok           gmail: Scalekit has the connection "gmail".',
      'FAULT        gmail: the account of user_ada is EXPIRED.',
      // Without USER_VERIFY_URL, the browser would not return to the application after the consent.
      '             The consent has expired, and Scalekit cannot renew it. Set USER_VERIFY_URL, then run this again to get the link to the consent page.',
      'not checked  gmail: the proxy and the scopes, without an ACTIVE account.',
      'not checked  slack, without SLACK_CONNECTION.',
    ]);
  });

  test.each([
    ['SCALEKIT_ENV_URL', 'The environment, the credentials, and gmail, slack, without SCALEKIT_ENV_URL.'],
    ['SCALEKIT_CLIENT_SECRET', 'The credentials, and gmail, slack, without SCALEKIT_CLIENT_SECRET.'],
  ])('reports which checks were skipped because %s is missing', async (name, text) => {
    expect(await findings({ variables: { [name]: '' } })).toContainEqual({ verdict: 'not checked', text });
  });

  describe('with account details from a scripted Scalekit', () => {
    let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
    beforeAll(async () => {
      scalekit = await startScriptedScalekit();
    });
    afterEach(() => {
      for (const path of Object.keys(scalekit.script)) delete scalekit.script[path];
    });
    afterAll(() => scalekit.close());

    /** Returns the findings for the connector's account, as text. */
    async function found(examined: readonly Tool[], details: unknown = { status: 'ACTIVE' }) {
      scalekit.script['/keys'] = answer(200, { keys: [] });
      scalekit.script[DETAILS] = answer(200, { connected_account: details });
      const variables = { SCALEKIT_ENV_URL: scalekit.url };
      return textsOf(await findings({ variables, tools: examined }));
    }
    const withScopes = (...scopes: string[]) => ({
      status: 'ACTIVE',
      authorization_details: { oauth_token: { scopes } },
    });

    test.each([
      [[READONLY], 'ok           gmail: the account has the scopes that the tools need.'],
      [['https://mail.google.com/'], 'ok           gmail: the account has the scopes that the tools need.'],
      [['openid'], `FAULT        gmail: the account lacks ${READONLY}.`],
    ])('compares the granted scopes %j with the scopes of the tools', async (scopes, line) => {
      const gmailTools = tools.filter(({ connector }) => connector.name === 'gmail');

      expect((await found(gmailTools, withScopes(...scopes))).split('\n')).toContain(line);
    });

    test('reports a missing scope only once, even if the provider rejects the read for the same reason', async () => {
      const { status, body } = insufficientScope();
      scalekit.script['/proxy/gmail/v1/users/me/labels'] = answer(status, body);
      const gmailTools = tools.filter(({ connector }) => connector.name === 'gmail');

      expect((await found(gmailTools, withScopes('openid'))).match(/FAULT/g)).toHaveLength(1);
    });

    test.each(['ABANDONED', '\u001b[2J', null])(
      'reports an account with the unknown status %j as not ACTIVE',
      async (status) => {
        const name = status === 'ABANDONED' ? status : 'CONNECTION_STATUS_UNSPECIFIED';

        const text = await found([createThing], { status });
        expect(text).toContain(`FAULT        acme: the account of user_ada is ${name}.`);
        expect(text).toContain("Check it in Scalekit's dashboard. Ask the user to consent at https://acme");
      },
    );

    test('calls a tool to check a provider if doctor has no request for this provider', async () => {
      scalekit.script['/proxy/search'] = answer(200, { results: [] });

      const text = await found([createThing, readThing, searchThings]);
      expect(text).toContain(
        'ok           acme: the provider responds through the proxy (acme_search_things).',
      );
      expect(text).toContain('ok           acme: acme_search_things works with acme.all.');
    });

    test('accepts an account that becomes ACTIVE during the check', async () => {
      const active = answer(200, { connected_account: { status: 'ACTIVE' } });
      scalekit.script['/keys'] = answer(200, { keys: [] });
      scalekit.script[DETAILS] = inTurn(answer(404), active);
      const text = textsOf(
        await findings({ variables: { SCALEKIT_ENV_URL: scalekit.url }, tools: [createThing] }),
      );

      expect(text).toContain('ok           acme: the account of user_ada has just become ACTIVE.');
      expect(text).not.toContain('FAULT');
    });

    test('reports account details that are not valid as a fault of Scalekit', async () => {
      expect(await found([createThing], 'none')).toContain(
        'FAULT        acme: the account: Scalekit cannot be reached at the moment;',
      );
    });

    test('reports that the server is not Scalekit if its response is not JSON', async () => {
      scalekit.script['/keys'] = (_request, response) => void response.end('<html>');
      const [, reached] = await findings({ variables: { SCALEKIT_ENV_URL: scalekit.url } });

      expect(reached?.text).toMatch(/is not a Scalekit environment\.$/);
    });

    test('reports a fault in the code of a tool', async () => {
      expect(await found([callWithString])).toMatch(
        /^FAULT {8}acme: the proxy \(acme_call_with_string\): This tool failed by a fault of its own\.\n {13}Call a tool of acme with npm run invoke/m,
      );
    });

    test('reports that the proxy was not checked if all tools of a connector write', async () => {
      const text = await found([createThing]);

      expect(text).toContain('not checked  acme: the proxy, because none of its tools reads without input.');
      expect(text).toContain('not checked  acme: whether the account has acme.all. No tool could test it.');
      expect(scalekit.received).not.toContain('/proxy/things');
    });
  });

  test('reports unexpected errors without a stack trace', () => {
    const account = {
      connector: 'acme',
      connection: 'acme',
      connectionSetting: 'ACME_CONNECTION',
      identifier: 'user_ada',
    };
    const error = new TypeError('cannot do this\n    at somewhere');

    expect(
      errorFinding('the account', error, { name: 'acme', account, scopes: [], hasUserVerifyUrl: true }),
    ).toEqual({
      verdict: 'FAULT',
      text: 'acme: the account could not be checked. TypeError: cannot do this',
      fix: 'This is a fault of the check itself. Please report it.',
    });
  });

  test('has a read request for each connector that has tools', () => {
    for (const { connector, name, scopes } of shipped)
      expect(probeOf({ connector, tools: [], scopes })?.name, name).toMatch(/^GET \//);
  });
});

describe('the region', () => {
  const IRELAND = 'eu-west-1';
  const secret = (region: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:scalekit-AbCdEf`;
  const api = (region: string) => new URL(`https://a1b2c3.execute-api.${region}.amazonaws.com/mcp`);

  test.each<[name: string, variables: Environment, mcpUrl: URL | undefined, findings: unknown[]]>([
    [
      'is correct if the secret, the API and this environment have the same region',
      { AWS_REGION: IRELAND, SCALEKIT_CLIENT_SECRET_ARN: secret(IRELAND) },
      api(IRELAND),
      [ok('AWS_REGION, SCALEKIT_CLIENT_SECRET_ARN and the API are of eu-west-1.')],
    ],
    [
      'is read from AWS_DEFAULT_REGION if AWS_REGION is not set',
      { AWS_DEFAULT_REGION: IRELAND, SCALEKIT_CLIENT_SECRET_ARN: secret(IRELAND) },
      undefined,
      [ok('AWS_REGION and SCALEKIT_CLIENT_SECRET_ARN are of eu-west-1.')],
    ],
    [
      'is reported as a fault if the secret is in another region than this environment',
      { AWS_REGION: IRELAND, SCALEKIT_CLIENT_SECRET_ARN: secret('eu-central-1') },
      undefined,
      [
        fault(
          'The regions differ: AWS_REGION is of eu-west-1, SCALEKIT_CLIENT_SECRET_ARN is of eu-central-1.',
          'Set AWS_REGION to the region of the stack, and store the secret in that region.',
        ),
      ],
    ],
    [
      'is reported as a fault if the API is in another region than this environment',
      { AWS_REGION: IRELAND, SCALEKIT_CLIENT_SECRET: 'secret' },
      api('us-east-1'),
      [fault('The regions differ: AWS_REGION is of eu-west-1, the API is of us-east-1.', expect.anything())],
    ],
    [
      'is reported as a fault if this environment has no region',
      { AWS_REGION: '', SCALEKIT_CLIENT_SECRET_ARN: secret(IRELAND) },
      undefined,
      [
        fault(
          'AWS_REGION is not set, so the secret cannot be read.',
          'Set it to the region of the secret and the stack: export AWS_REGION=eu-west-1',
        ),
      ],
    ],
    [
      'does not matter if neither the secret nor the API is on AWS',
      { SCALEKIT_CLIENT_SECRET: 'secret' },
      undefined,
      [],
    ],
    [
      'is unknown if the API is on a custom domain',
      { AWS_REGION: IRELAND },
      new URL('https://tools.example.com/mcp'),
      [],
    ],
  ])('%s', (_, variables, mcpUrl, found) => {
    expect(checkRegion(variables, mcpUrl)).toEqual(found);
  });
});

describe('npm run doctor', () => {
  const doctor = (...args: string[]) => runScript('local/doctor.ts', ...args);

  test('exits with 0 if there is no fault', async () => {
    const { code, stdout, stderr } = await doctor('--as', 'user_ada');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('ok           slack: the account of user_ada is ACTIVE.\n');
    expect(stdout).not.toContain('FAULT');
  });

  test('with --live, needs only settings that the runbook sets', async () => {
    const runbook = await readFile(join(PROJECT, 'docs/runbook.md'), 'utf8');
    const [firstDeployment = ''] = runbook.split('## From there to the full stack');
    const exported = [...firstDeployment.matchAll(/^ *export (\w+)=(.+)$/gm)].map(
      ([, name = '', value = '']) => [name, value],
    );
    const secretsManager = await startSecretsManager(stack.scalekit.clientSecret);
    const { code, stdout } = await runScriptWith(
      {
        ...Object.fromEntries(exported),
        ...secretsManager.variables,
        SCALEKIT_ENV_URL: stack.scalekit.url,
        SCALEKIT_CLIENT_ID: stack.scalekit.clientId,
        SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN,
      },
      'local/doctor.ts',
      '--as',
      'user_ada',
      '--live',
    ).finally(() => secretsManager.close());

    expect(stdout).not.toContain('FAULT');
    expect(stdout).toContain('ok           AWS_REGION and SCALEKIT_CLIENT_SECRET_ARN are of eu-west-1.\n');
    expect(stdout).toContain(
      'not checked  USER_VERIFY_URL, which is not set here. Only the stage dev deploys without it.\n',
    );
    expect(code).toBe(0);
  });

  test('exits with 1 if there is a fault', async () => {
    const { code, stdout, stderr } = await doctor('--as', 'user_expired');

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /^FAULT {8}gmail: the account of user_expired is EXPIRED\.\n {13}\S.*\/connect\?connector=gmail$/m,
    );
  });

  test('prints its usage in one line', async () => {
    const { code, stdout, stderr } = await doctor('--as', 'user ada');

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^--as must be .* Usage: npm run doctor -- --as <identifier> \[--live \[--mcp <McpUrl>\]\]\n$/,
    );
  });

  test.each([
    [[], '--as is missing'],
    [['--as', 'user_ada', '--life'], "Unknown option '--life'"],
    [['user_ada', '--as', 'user_ada'], 'Unexpected argument'],
  ])('rejects the arguments %j and prints the usage', (args, message) => {
    expect(() => readDoctorOptions(args)).toThrow(message);
    expect(() => readDoctorOptions(args)).toThrow('Usage: npm run doctor');
  });

  test('checks real Scalekit with --live', () => {
    expect(readDoctorOptions(['--as', 'user_123', '--live'])).toEqual({
      identifier: 'user_123',
      live: true,
      mcpUrl: undefined,
    });
    expect(readDoctorOptions(['--as', 'user_123']).live).toBe(false);
  });
});

// https://developers.google.com/workspace/gmail/api/guides/handle-errors
function insufficientScope() {
  const message = 'Request had insufficient authentication scopes.';
  return {
    status: 403,
    body: {
      error: {
        code: 403,
        message,
        errors: [{ message: 'Insufficient Permission', domain: 'global', reason: 'insufficientPermissions' }],
        status: 'PERMISSION_DENIED',
      },
    },
  };
}
