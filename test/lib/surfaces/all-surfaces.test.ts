import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ERROR_CODES } from '../../../lib/errors/error-codes.ts';
import { apiEvent, functionEvent } from '../../../local/events/bedrock-events.ts';
import { createThing, echoInput, readThing, searchThings, throwCode } from '../../support/acme.ts';
import { agentCoreContext } from '../../support/agentcore-context.ts';
import { ErrorAnswer, httpEvent, lambdaContext } from '../../support/http-event.ts';
import { type SigningKey, signingKey, startKeyIssuer } from '../../support/start-key-issuer.ts';
import { readAnswer, SURFACE_CALLERS } from '../../support/surface-callers.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
let rsa: SigningKey;
let stranger: SigningKey;
let issuer: Awaited<ReturnType<typeof startKeyIssuer>>;
beforeAll(async () => {
  [bed, rsa, stranger] = await Promise.all([startTestBed(), signingKey('RS256'), signingKey('RS256')]);
  issuer = await startKeyIssuer(rsa);
});
afterAll(() => Promise.all([bed.close(), issuer.close()]));
beforeEach(() => {
  bed.reset();
  bed.provider.script = ({ headers }) => ({ body: { id: 't1', title: headers.authorization ?? '' } });
});

const oidc = () => ({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: `another, ${issuer.audience}` });
const handlerOf = (tool: Parameters<TestBed['handler']>[0], variables = {}) =>
  bed.handler(tool, { ...oidc(), ...variables });
const input = { thing: 't1' };
const NAME = readThing.name;
const nowSeconds = () => Math.floor(Date.now() / 1_000);

describe.each(SURFACE_CALLERS)('$name', (surface) => {
  test('returns the output for the user in the call', async () => {
    const answer = await surface.invoke(
      handlerOf(readThing),
      { tool: NAME, user: 'user_grace', input },
      issuer,
    );

    expect(readAnswer(surface, answer).json).toEqual({ id: 't1', title: 'Bearer acme-token-of-user_grace' });
  });

  test('accepts every type of input', async () => {
    const given = {
      text: '123',
      count: 5,
      share: 0.5,
      flag: true,
      labels: ['a', 'b, c'],
      kind: 'open',
      filter: { key: 'true' },
    };

    const call = { tool: echoInput.name, user: 'user_ada', input: given };
    const { json } = readAnswer(surface, await surface.invoke(handlerOf(echoInput), call, issuer));

    expect(JSON.parse(z.object({ received: z.string() }).parse(json).received)).toEqual(given);
  });

  test('runs tools that write', async () => {
    bed.provider.script = () => ({ body: { id: 't2' } });

    const call = { tool: createThing.name, user: 'user_ada', input: { title: 'New' } };
    const { json } = readAnswer(surface, await surface.invoke(handlerOf(createThing), call, issuer));

    expect(json).toEqual({ id: 't2' });
    expect(bed.provider.requests).toHaveLength(1);
  });

  test.each(Object.keys(ERROR_CODES))('returns the error %s in its own format', async (code) => {
    const call = { tool: throwCode.name, user: 'user_ada', input: { code } };

    const { error, wire } = readAnswer(surface, await surface.invoke(handlerOf(throwCode), call, issuer));

    expect(error).toMatchObject({ code, details: [{ path: 'code', issue: 'was asked for' }] });
    expect(error?.request_id).toMatch(/^[0-9a-f-]{36}$/);
    const { status } = z.object({ status: z.number() }).parse(Reflect.get(ERROR_CODES, code));
    expect(wire).toEqual(formOf(surface.name, { error }, code, status));
  });

  // Over MCP, the tool cannot reject the key __proto__, because the MCP library removes it first.
  const attacks = ['identifier', 'user_id', 'connection', ...(surface.name === 'MCP' ? [] : ['__proto__'])];

  test.each(attacks)('rejects an input in which the model fills in %s', async (key) => {
    const attack = JSON.parse(`{"thing":"t1","${key}":"user_grace"}`);

    const call = { tool: NAME, user: 'user_ada', input: attack };
    const { error } = readAnswer(surface, await surface.invoke(handlerOf(readThing), call, issuer));

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: key }] });
    expect(bed.calls()).toEqual([]);
  });

  test.each([
    ['a space within', 'user ada'],
    ['a space at the end', 'user_ada '],
    ['a Cyrillic letter', 'user_аda'],
    ['a zero-width space', 'user_ada\u200b'],
    ['no characters', ''],
    ['257 characters', 'u'.repeat(257)],
  ])('rejects an identifier with %s without repairing it', async (_, user) => {
    const answer = await surface.invoke(handlerOf(readThing), { tool: NAME, user, input }, issuer);

    expect(readAnswer(surface, answer).error?.code).toBe('unauthenticated');
    expect(bed.calls()).toEqual([]);
  });

  test('never mixes up two users in a warm environment', async () => {
    const handler = handlerOf(readThing);
    const users = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'user_ada' : 'user_grace'));

    const atOnce = await Promise.all(
      users.map((user) => surface.invoke(handler, { tool: NAME, user, input }, issuer)),
    );
    const inTurn: unknown[] = [];
    for (const user of users) inTurn.push(await surface.invoke(handler, { tool: NAME, user, input }, issuer));

    const expected = users.map((user) => ({ id: 't1', title: `Bearer acme-token-of-${user}` }));
    expect(atOnce.map((answer) => readAnswer(surface, answer).json)).toEqual(expected);
    expect(inTurn.map((answer) => readAnswer(surface, answer).json)).toEqual(expected);
  });

  test('separates two users with the same sub in two organisations', async () => {
    bed.scalekit.setAccount('acme', 'org_1:user_ada', { status: 'ACTIVE', accessToken: 'token-of-org-1' });
    bed.scalekit.setAccount('acme', 'org_2:user_ada', { status: 'ACTIVE', accessToken: 'token-of-org-2' });
    const variables = { IDENTITY_TEMPLATE: '{org_id}:{sub}' };
    const handler = handlerOf(readThing, variables);

    const titles = [];
    for (const org of ['org_1', 'org_2', 'org_1']) titles.push(await titleFor(org));

    expect(titles).toEqual(['Bearer token-of-org-1', 'Bearer token-of-org-2', 'Bearer token-of-org-1']);

    /**
     * Calls the tool for an organisation. The organisation is a claim of the token. If the application names the
     * user, the organisation is also a part of the identifier.
     */
    async function titleFor(org: string) {
      const user = surface.byClaims ? 'user_ada' : `${org}:user_ada`;
      const call = { tool: NAME, user, input, claims: { org_id: org }, variables };
      const answer = await surface.invoke(handler, call, issuer);
      return z.object({ title: z.string() }).parse(readAnswer(surface, answer).json).title;
    }
  });

  test.each([
    ['plain', 'x'],
    ['escaped at every character', '"'],
    ['made of characters of four bytes', '🚲'],
  ])('returns each of 200 items once within the budget if their long texts are %s', async (_, character) => {
    const ids = serveThings(200, character.repeat(1_000 / character.length));
    const handler = handlerOf(searchThings);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const given: object = { words: 'w', max_results: 200, ...(cursor && { cursor }) };
      const call = { tool: searchThings.name, user: 'user_ada', input: given };
      const answer = readAnswer(surface, await surface.invoke(handler, call, issuer));
      const page = ThingPage.parse(answer.json);
      expect(answer.bodyBytes).toBeLessThanOrEqual(24_000);
      if (surface.name.startsWith('Bedrock')) expect(answer.bytes).toBeLessThan(25_000);
      expect(page.things.length).toBeGreaterThan(0);
      seen.push(...page.things.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor);

    expect(seen).toEqual(ids);
  });

  test('shortens an error that has many details, so that the error fits into the budget', async () => {
    const flood = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}${'"'.repeat(90)}`, 1]),
    );
    const call = { tool: NAME, user: 'user_ada', input: { ...input, ...flood } };

    const handler = handlerOf(readThing, { RESPONSE_BYTES: '2000' });
    const { error, bodyBytes } = readAnswer(surface, await surface.invoke(handler, call, issuer));

    expect(error?.details.length).toBeGreaterThan(0);
    expect(bodyBytes).toBeLessThanOrEqual(2_000);
  });
});

const ThingPage = z.object({
  things: z.array(z.object({ id: z.string() })),
  next_cursor: z.string().nullable(),
});

function serveThings(count: number, title: string) {
  const all = Array.from({ length: count }, (_, index) => ({ id: `t${index}`, title }));
  bed.provider.script = ({ body }) => {
    const { limit } = z.object({ limit: z.number() }).parse(JSON.parse(body));
    return { body: { results: all.slice(0, limit) } };
  };
  return all.map(({ id }) => id);
}

/** Returns the documented response of a surface for an error. */
function formOf(surface: string, body: { error: unknown }, code: string, status: number): unknown {
  const text = JSON.stringify(body);
  const attributes = {
    sessionAttributes: { identifier: 'user_ada' },
    promptSessionAttributes: { locale: 'en' },
  };
  switch (surface) {
    case 'HTTP API':
      return expect.objectContaining({ statusCode: status, body: text });
    case 'Bedrock, function details':
      return {
        messageVersion: '1.0',
        response: {
          actionGroup: 'acme',
          function: throwCode.name,
          functionResponse: {
            ...(code === 'invalid_input' && { responseState: 'REPROMPT' }),
            responseBody: { TEXT: { body: text } },
          },
        },
        ...attributes,
      };
    case 'Bedrock, OpenAPI':
      return {
        messageVersion: '1.0',
        response: {
          actionGroup: 'acme',
          apiPath: `/tools/${throwCode.name}`,
          httpMethod: 'POST',
          httpStatusCode: status,
          responseBody: { 'application/json': { body: text } },
        },
        ...attributes,
      };
    case 'MCP': {
      // MCP leaves out the fields that are null.
      const told = JSON.stringify(body, (_, value) => value ?? undefined);
      return { content: [{ type: 'text', text: told }], isError: true };
    }
    default:
      return body;
  }
}

describe('Bedrock', () => {
  test.each([
    [{ count: 'five' }, 'count'],
    [{ count: '5.5' }, 'count'],
    [{ share: '1,5' }, 'share'],
    [{ flag: 'yes' }, 'flag'],
    [{ labels: '["a"' }, 'labels'],
    [{ filter: '{key=v}' }, 'filter'],
    [{ kind: 'half-open' }, 'kind'],
  ])('lets the model try again after an invalid input: %j', async (given, path) => {
    const answer = await handlerOf(echoInput)(functionEvent(echoInput.name, given), lambdaContext());

    expect(answer).toMatchObject({ response: { functionResponse: { responseState: 'REPROMPT' } } });
    expect(JSON.stringify(answer)).toContain(`\\"path\\":\\"${path}\\"`);
    expect(JSON.stringify(answer)).toContain('\\"code\\":\\"invalid_input\\"');
  });

  test.each([
    ['function details', functionEvent],
    ['OpenAPI', apiEvent],
  ])('returns a response within its limit despite large session attributes: %s', async (_, eventOf) => {
    serveThings(50, 'x'.repeat(3_000));
    const sessionAttributes = { identifier: 'user_ada', notes: 'n'.repeat(20_000) };
    const event = eventOf(searchThings.name, { max_results: 50 }, { sessionAttributes });

    const answer = await handlerOf(searchThings)(event, lambdaContext());

    expect(answer).toMatchObject({ sessionAttributes });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(25_000);
    expect(JSON.stringify(answer)).toMatch(/\\"count\\":[1-9]/);
  });

  test('returns an error before any request if the session attributes leave too little space', async () => {
    const sessionAttributes = { identifier: 'user_ada', notes: 'n'.repeat(23_500) };
    const event = functionEvent(createThing.name, { title: 'New' }, { sessionAttributes });

    const answer = await handlerOf(createThing)(event, lambdaContext());

    expect(answer).toMatchObject({ sessionAttributes });
    expect(JSON.stringify(answer)).toContain('\\"code\\":\\"internal_error\\"');
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(25_000);
    expect(bed.calls()).toEqual([]);
  });
});

describe('AgentCore Gateway', () => {
  const call = async (headers: unknown, event: unknown = input, variables = {}) => {
    const answer = await handlerOf(readThing, variables)(event, agentCoreContext(NAME, headers));
    return { answer, error: ErrorAnswer.safeParse(answer).data?.error };
  };
  const bearer = async (claims: Record<string, unknown>, more: Record<string, string> = {}) => ({
    Authorization: `Bearer ${await issuer.sign(claims)}`,
    ...more,
  });
  const delegate = { sub: 'backend', scope: 'openid tools:delegate' };

  test.each<[string, () => Promise<unknown>]>([
    ['the user of the token as the named user', () => bearer({}, { 'X-Identifier': 'user_ada' })],
    ['another user and the delegation scope', () => bearer(delegate, { 'x-IDENTIFIER': 'user_ada' })],
    ['headers as a JSON text', async () => JSON.stringify(await bearer({}))],
  ])('accepts a call with %s', async (_, headers) => {
    expect((await call(await headers())).answer).toEqual({
      id: 't1',
      title: 'Bearer acme-token-of-user_ada',
    });
  });

  test.each<[string, () => Promise<unknown>, string, object?]>([
    [
      'another user, but no delegation scope',
      () => bearer({}, { 'x-identifier': 'user_grace' }),
      'forbidden',
    ],
    ['the delegation scope, but no user', () => bearer(delegate), 'unauthenticated'],
    ['an invalid user', () => bearer(delegate, { 'x-identifier': 'user ada' }), 'unauthenticated'],
    [
      'two headers that name users, in upper and in lower case',
      () => bearer(delegate, { 'x-identifier': 'user_ada', 'X-Identifier': 'user_grace' }),
      'unauthenticated',
    ],
    ['a user without the required scope', () => bearer({}), 'forbidden', { REQUIRED_SCOPE: 'tools:run' }],
    ['no token', async () => ({ 'x-identifier': 'user_ada' }), 'unauthenticated'],
    ['no headers', async () => undefined, 'unauthenticated'],
    [
      'alg none',
      async () =>
        authorization(new UnsecuredJWT({ iss: issuer.url, aud: issuer.audience, exp: 9e9 }).encode()),
      'unauthenticated',
    ],
    ['the public key as a shared secret', async () => authorization(await sharedSecret()), 'unauthenticated'],
    ['another issuer', () => bearer({ iss: 'https://issuer.example' }), 'unauthenticated'],
    ['another audience', () => bearer({ aud: 'api' }), 'unauthenticated'],
    ['an expired token', () => bearer({ exp: nowSeconds() - 60 }), 'unauthenticated'],
    ['a token that is not valid yet', () => bearer({ nbf: nowSeconds() + 60 }), 'unauthenticated'],
    ['an unknown key', async () => authorization(await issuer.sign({}, stranger)), 'unauthenticated'],
    ['a sub that is not a text', () => bearer({ sub: ['user_ada'] }), 'unauthenticated'],
    ['no issuer in the settings', () => bearer({}), 'not_configured', { OIDC_ISSUER: '' }],
    ['no audience in the settings', () => bearer({}), 'not_configured', { OIDC_AUDIENCE: '' }],
    [
      'keys that cannot be read',
      () => bearer({}),
      'dependency_unavailable',
      { OIDC_ISSUER: 'http://127.0.0.1:9' },
    ],
  ])('rejects a call before any request if it has %s', async (_, headers, code, variables = {}) => {
    const { error } = await call(await headers(), input, variables);

    expect(error?.code).toBe(code);
    expect(bed.calls()).toEqual([]);
  });

  test('does not log the token or the user', async () => {
    const headers = await bearer({}, { 'x-identifier': 'user_grace' });

    await call(headers);
    await call(await bearer({}));

    expect(bed.logged()).toContain('"surface":"agentcore"');
    expect(bed.logged()).not.toMatch(/user_(ada|grace)|eyJ/);
  });

  test('returns an error that names a missing setting', async () => {
    const { error } = await call(await bearer({}), input, { OIDC_ISSUER: '' });

    expect(error?.message).toMatch(/^OIDC_ISSUER is not set/);
  });

  test.each<[string, object]>([
    ['a Bedrock event', functionEvent(NAME, input, { sessionAttributes: { identifier: 'user_grace' } })],
    ['an HTTP event', httpEvent({ claims: { sub: 'user_grace' }, body: input })],
    ['a direct invocation', { tool: NAME, identifier: 'user_grace', input }],
  ])('treats %s as the input of a tool', async (_, event) => {
    const withToken = await call(await bearer({}), event);
    const without = await call({}, event);

    expect(withToken.error?.code).toBe('invalid_input');
    expect(without.error?.code).toBe('unauthenticated');
    expect(bed.calls()).toEqual([]);
  });

  test('does not recognise an event without its client context', async () => {
    const answer = await handlerOf(readThing)(input, lambdaContext());

    expect(ErrorAnswer.parse(answer).error).toMatchObject({
      code: 'internal_error',
      message: expect.stringContaining('agentcore, bedrock, http, direct'),
    });
    expect(bed.calls()).toEqual([]);
  });

  function authorization(token: string) {
    return { Authorization: `Bearer ${token}` };
  }

  function sharedSecret() {
    return new SignJWT({ iss: issuer.url, aud: issuer.audience, sub: 'user_ada', exp: 9e9 })
      .setProtectedHeader({ alg: 'HS256', kid: rsa.kid })
      .sign(new TextEncoder().encode(rsa.pem));
  }
});

describe('a call of another tool', () => {
  test.each<[string, object, object]>([
    ['Bedrock, function details', functionEvent('acme_create_thing', input), lambdaContext()],
    ['Bedrock, OpenAPI', apiEvent('acme_create_thing', input), lambdaContext()],
    ['AgentCore Gateway', input, agentCoreContext('acme_create_thing', {})],
    ['direct invocation', { tool: 'acme_create_thing', identifier: 'user_ada', input }, lambdaContext()],
  ])('is rejected on %s', async (_, event, context) => {
    const answer = await handlerOf(readThing)(event, context);

    expect(JSON.stringify(answer)).toContain('internal_error');
    expect(JSON.stringify(answer)).toContain(NAME);
    expect(bed.calls()).toEqual([]);
  });
});

describe('direct invocation', () => {
  const event = { tool: NAME, identifier: 'user_ada', input };

  test('accepts an idempotency key', async () => {
    const answer = await handlerOf(readThing)({ ...event, idempotency_key: 'key-1' }, lambdaContext());

    expect(answer).toEqual({ id: 't1', title: 'Bearer acme-token-of-user_ada' });
  });

  test.each([
    [{ ...event, idempotency_key: 'a key' }, 'invalid_input'],
    [{ ...event, identifier: { sub: 'user_ada' } }, 'unauthenticated'],
    [{ ...event, input: [input] }, 'invalid_input'],
    [{ ...event, input: null }, 'invalid_input'],
    [{ ...event, user: 'user_grace' }, 'internal_error'],
  ])('rejects the event %j with the error %s', async (given, code) => {
    const answer = await handlerOf(readThing)(given, lambdaContext());

    expect(ErrorAnswer.parse(answer).error.code).toBe(code);
    expect(bed.calls()).toEqual([]);
  });
});
