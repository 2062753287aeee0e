import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import type { LogFields } from '../../../lib/telemetry/log.ts';
import { apiEvent, functionEvent } from '../../../local/events/bedrock-events.ts';
import { readThing } from '../../support/acme.ts';
import { agentCoreContext } from '../../support/agentcore-context.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { callOverMcp } from '../../support/mcp-call.ts';
import { signingKey, startKeyIssuer } from '../../support/start-key-issuer.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
let issuer: Awaited<ReturnType<typeof startKeyIssuer>>;
beforeAll(async () => {
  bed = await startTestBed();
  issuer = await startKeyIssuer(await signingKey('RS256'));
});
afterAll(() => Promise.all([bed.close(), issuer.close()]));
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
});

const NAME = readThing.name;
const input = { thing: 't1' };
const hash = (name: string) => identifierHash(name, bed.scalekit.clientSecret);
const MACHINE = { sub: 'machine-1', client_id: 'client-1', scope: 'tools:delegate' };
const FOR_GRACE = { 'x-identifier': 'user_grace' };
const ROLE = 'arn:aws:iam::123456789012:role/backend';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/backend/session-1';

/** No log line may contain these names of the caller and the user. */
const IN_CLEAR = [
  'user_',
  'client-',
  'machine-',
  'arn:aws',
  'role/backend',
  'session-1',
  'gateway-abc',
  'AGENT12345',
  'ALIAS12345',
];

/** Returns the log line of one call. Asserts that none of these names is in it. */
async function lineOf(event: unknown, context: object = {}, variables = {}): Promise<LogFields> {
  const oidc = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: issuer.audience };
  await bed.handler(readThing, { ...oidc, ...variables })(event, { ...lambdaContext(), ...context });
  for (const secret of IN_CLEAR) expect(bed.logged()).not.toContain(secret);
  return JSON.parse(bed.logged());
}

const overHttp = (authorizer: unknown, headers = {}, variables = {}) =>
  lineOf(httpEvent({ authorizer, headers, body: input }), {}, variables);
const jwt = (claims: object) => ({ jwt: { claims } });
const iam = (userArn: string) => ({ iam: { userArn } });

describe('the caller in the log line over HTTP', () => {
  test.each<[string, object, string]>([
    ['client_id', { sub: 'user_ada', client_id: 'client-1', azp: 'client-2' }, 'client-1'],
    ['azp', { sub: 'user_ada', azp: 'client-2' }, 'client-2'],
    ["Okta's cid", { sub: 'user_ada', cid: 'client-3' }, 'client-3'],
    ["Entra ID's appid", { sub: 'user_ada', appid: 'client-4' }, 'client-4'],
    ['sub', { sub: 'user_ada' }, 'user_ada'],
    ['sub, if the client is null', { sub: 'user_ada', client_id: '<nil>', azp: '' }, 'user_ada'],
    ['sub, if the client is not a text', { sub: 'user_ada', client_id: 7, azp: null }, 'user_ada'],
  ])('is the user or the client in the claim %s', async (_, claims, name) => {
    expect(await overHttp(jwt(claims))).toMatchObject({
      surface: 'http',
      caller_hash: hash(name),
      identifier_hash: hash('user_ada'),
      delegated: false,
    });
  });

  test('is the client behind a Lambda authorizer', async () => {
    const line = await overHttp({ lambda: { sub: 'user_ada', client_id: 'client-1' } });

    expect(line).toMatchObject({ caller_hash: hash('client-1'), delegated: false });
  });

  test('is a machine client that names the user', async () => {
    expect(await overHttp(jwt(MACHINE), FOR_GRACE)).toMatchObject({
      caller_hash: hash('client-1'),
      identifier_hash: hash('user_grace'),
      delegated: true,
    });
  });

  test.each([
    ['a session of a role', SESSION],
    ['another session of the role', 'arn:aws:sts::123456789012:assumed-role/backend/user_ada'],
  ])('is the ARN of the role for %s', async (_, arn) => {
    for (const DELEGATION_ROLES of ['', 'arn:aws:iam::123456789012:role/apps/backend']) {
      bed.reset();
      expect(await overHttp(iam(arn), FOR_GRACE, { DELEGATION_ROLES })).toMatchObject({
        caller_hash: hash(ROLE),
        delegated: true,
      });
    }
  });

  test('is the ARN of an IAM user', async () => {
    const arn = 'arn:aws:iam::123456789012:user/backend';

    expect(await overHttp(iam(arn), FOR_GRACE)).toMatchObject({ caller_hash: hash(arn), delegated: true });
  });
});

describe('the log line of a rejected caller', () => {
  test('contains a user who names another user', async () => {
    const line = await overHttp(jwt({ sub: 'user_ada', client_id: 'client-1' }), FOR_GRACE);

    expect(line).toMatchObject({ code: 'forbidden', caller_hash: hash('client-1'), delegated: false });
    expect(line).not.toHaveProperty('identifier_hash');
  });

  test('contains a machine client that names no user', async () => {
    const line = await overHttp(jwt(MACHINE));

    expect(line).toMatchObject({ code: 'unauthenticated', caller_hash: hash('client-1'), delegated: true });
  });

  test('contains a role that may not act for users', async () => {
    const DELEGATION_ROLES = 'arn:aws:iam::123456789012:role/other';
    const line = await overHttp(iam(SESSION), FOR_GRACE, { DELEGATION_ROLES });

    expect(line).toMatchObject({ code: 'forbidden', caller_hash: hash(ROLE), delegated: true });
  });

  test('contains no caller if the caller was not verified', async () => {
    const line = await overHttp(undefined, FOR_GRACE);

    expect(line).toMatchObject({ code: 'unauthenticated' });
    expect(line).not.toHaveProperty('caller_hash');
    expect(line).not.toHaveProperty('delegated');
  });
});

describe('the caller in the log line over AgentCore Gateway', () => {
  const overGateway = (headers: object) => lineOf(input, agentCoreContext(NAME, headers));
  const bearer = async (claims: Record<string, unknown>) => ({
    Authorization: `Bearer ${await issuer.sign(claims)}`,
  });

  test("is the client of the user's token", async () => {
    expect(await overGateway(await bearer({ sub: 'user_ada', client_id: 'client-1' }))).toMatchObject({
      surface: 'agentcore',
      caller_hash: hash('client-1'),
      identifier_hash: hash('user_ada'),
      delegated: false,
    });
  });

  test('is a machine client that names the user', async () => {
    expect(await overGateway({ ...(await bearer(MACHINE)), ...FOR_GRACE })).toMatchObject({
      caller_hash: hash('client-1'),
      delegated: true,
    });
  });

  test('is the gateway if no claim names a client', async () => {
    const headers = await bearer({ sub: '', org_id: 'org-1' });

    const line = await lineOf(input, agentCoreContext(NAME, headers), { IDENTITY_TEMPLATE: '{org_id}' });

    expect(line).toMatchObject({ caller_hash: hash('tools-gateway-abc123'), delegated: false });
  });

  test('is the gateway if it passed no valid token', async () => {
    for (const headers of [{}, { Authorization: 'Bearer a.b.c' }]) {
      bed.reset();
      const line = await overGateway(headers);

      expect(line).toMatchObject({ code: 'unauthenticated', caller_hash: hash('tools-gateway-abc123') });
      expect(line).not.toHaveProperty('delegated');
    }
  });
});

describe('the caller in the log line over Bedrock', () => {
  const session = { sessionAttributes: { identifier: 'user_ada' } };

  test.each([
    ['function details', functionEvent],
    ['OpenAPI', apiEvent],
  ])('is the agent and its alias: %s', async (_, eventOf) => {
    expect(await lineOf(eventOf(NAME, input, session))).toMatchObject({
      surface: 'bedrock',
      caller_hash: hash('AGENT12345/ALIAS12345'),
      identifier_hash: hash('user_ada'),
      delegated: true,
    });
  });

  test.each([[undefined], [null], ['agent'], [{}], [{ id: 7, alias: 'A' }]])(
    'is left out if the agent in the event is %j',
    async (agent) => {
      const line = await lineOf(functionEvent(NAME, input, { ...session, agent }));

      expect(line).toMatchObject({ message: 'call succeeded', delegated: true });
      expect(line).not.toHaveProperty('caller_hash');
    },
  );
});

test('the log line of a direct invocation has no caller, because Lambda does not identify the invoker', async () => {
  const line = await lineOf({ tool: NAME, identifier: 'user_ada', input });

  expect(line).toMatchObject({ surface: 'direct', identifier_hash: hash('user_ada'), delegated: true });
  expect(line).not.toHaveProperty('caller_hash');
});

describe('the log line of a call over MCP', () => {
  async function overMcp(
    claims: Record<string, unknown>,
    options: Partial<Parameters<typeof callOverMcp>[1]>,
  ) {
    const lines: (LogFields & { level: string; message: string })[] = [];
    await callOverMcp(bed.handler(readThing), {
      claims,
      params: { name: NAME, arguments: input },
      variables: { SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret },
      log: (level, message, fields) => lines.push(JSON.parse(JSON.stringify({ level, message, ...fields }))),
      ...options,
    });
    for (const secret of IN_CLEAR) expect(JSON.stringify(lines) + bed.logged()).not.toContain(secret);
    return lines;
  }

  test.each([
    ['a user', { sub: 'user_ada', client_id: 'client-1' }, {}, 'user_ada', false],
    ['a machine client', MACHINE, FOR_GRACE, 'user_grace', true],
  ])(
    "names %s as the caller, and has the request ID of the tool's function",
    async (_, claims, headers, user, delegated) => {
      const [line, ...others] = await overMcp(claims, { headers });

      expect(others).toEqual([]);
      expect(line).toEqual({
        level: 'INFO',
        message: 'tool invoked',
        tool: NAME,
        surface: 'mcp',
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        tool_request_id: JSON.parse(bed.logged()).request_id,
        caller_hash: hash('client-1'),
        identifier_hash: hash(user),
        delegated,
      });
      expect(line?.tool_request_id).not.toBe(line?.request_id);
      expect(JSON.parse(bed.logged())).toMatchObject({ surface: 'direct', identifier_hash: hash(user) });
    },
  );

  test('names the caller even if the caller is rejected', async () => {
    const claims = { sub: 'user_ada', client_id: 'client-1' };

    expect(await overMcp(claims, { headers: FOR_GRACE })).toMatchObject([
      { message: 'call failed', code: 'forbidden', caller_hash: hash('client-1'), delegated: false },
    ]);
    expect(bed.logged()).toBe('');
  });

  test('ignores forged values in the input', async () => {
    const forged = { caller_hash: 'x', client_id: 'client-9', tool_request_id: 'x', delegated: true };
    const params = { name: NAME, arguments: { ...input, ...forged }, _meta: forged };

    const [line] = await overMcp({ sub: 'user_ada', client_id: 'client-1' }, { params, headers: {} });

    expect(line).toMatchObject({ caller_hash: hash('client-1'), delegated: false });
  });

  test('has no hashes if the secret is missing', async () => {
    const [line] = await overMcp({ sub: 'user_ada' }, { variables: {} });

    expect(line).toMatchObject({ message: 'tool invoked', delegated: false });
    expect(line).not.toHaveProperty('caller_hash');
    expect(line).not.toHaveProperty('identifier_hash');
  });
});
