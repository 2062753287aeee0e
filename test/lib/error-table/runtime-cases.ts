import type { ErrorCode, ErrorDetail } from 'scalekit-lambda-tools';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';
import { both, type Case, type ConnectorName, type Expected } from './row.ts';

const TOKEN = '/oauth/token';
const DETAILS = '/api/v1/connected_accounts/details';
const CREATE = '/api/v1/connected_accounts';
const LINK = '/api/v1/connected_accounts/magic_link';
const PROBLEM = {
  code: 9,
  message: '?',
  error: '?',
  error_description: '?',
  details: [{ '@type': '?', debug: '?' }],
};
const LATER = { 'retry-after': '3600' };

const answers = (path: string, status: number, more: object = {}): FaultInput => ({
  path,
  answer: { status, body: PROBLEM, ...more },
});

/** Returns the cases of a fault that ends the call before anything is sent to the provider. */
function unsent(
  name: string,
  code: ErrorCode,
  more: Partial<Case> = {},
  expected: Partial<Expected> = {},
): Case[] {
  return both(name, { ...more, expected: { code, sent: 0, ...expected } });
}

const INPUT_FAULTS: Case[] = [
  invalidInput('a missing field in the input', { words: '?' }, [
    { path: 'thing', issue: 'is required: Invalid input: expected string' },
  ]),
  invalidInput('a field of a wrong type in the input', { words: '?', thing: { '?': ['?'] } }, [
    { path: 'thing', issue: 'Invalid input: expected string, received object' },
  ]),
  invalidInput('a field that is too long in the input', { words: '?', thing: `?${'x'.repeat(200)}` }, [
    { path: 'thing', issue: 'Too big: expected string to have <=100 characters' },
  ]),
  invalidInput('an undeclared field in the input', { words: '?', thing: '?', user: '?' }, [
    { path: 'user', issue: 'this key is not part of the input; leave it out' },
  ]),
  ...['../?', '?/?', '?\\?', '?\n?', '%2e%2e%2f?', '..'].flatMap((thing) =>
    invalidInput(
      `the value ${JSON.stringify(thing)}, which cannot be a segment of a path`,
      { words: '?', thing },
      [
        {
          path: 'thing',
          issue: 'an ID or name must not be empty, a dot segment, or hold a slash or a control character',
        },
      ],
    ),
  ),
  invalidInput('a value with a character that headers do not allow', { words: '?\u00e9', thing: '?' }, [
    { path: '', issue: 'holds a character that the header x-words cannot carry' },
  ]),
  invalidInput('a request body that is not JSON', '{"thing": "?", "words": ?}', [
    { path: '', issue: 'the body is not JSON' },
  ]),
  invalidInput('a request body that is not an object', '["?"]', [
    { path: '', issue: 'the body is JSON, but not an object' },
  ]),
].flat();

function invalidInput(name: string, input: Record<string, unknown> | string, details: ErrorDetail[]): Case[] {
  return unsent(name, 'invalid_input', { call: { input } }, { details });
}

const CALLER_FAULTS: Case[] = [
  ...unsent('claims without a user', 'unauthenticated', { call: { claims: { email: '?' } } }),
  ...unsent('an identifier with a space', 'unauthenticated', { call: { claims: { sub: '? ?' } } }),
  ...unsent('a machine client that names no user', 'unauthenticated', {
    call: { claims: { sub: '?', scope: 'tools:delegate' } },
  }),
  ...unsent('a user who names another user', 'forbidden', { call: { headers: { 'x-identifier': '?' } } }),
  ...unsent('a token without the required scope', 'forbidden', {
    call: { claims: { sub: '?', scope: 'other:?' } },
    variables: { REQUIRED_SCOPE: 'tools:call' },
  }),
];

const ACCOUNTS: Case[] = [
  ...(['EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const).flatMap((account) =>
    unsent(
      `an account that is ${account}`,
      'authorization_required',
      { account },
      { accountStatus: account, link: true },
    ),
  ),
  ...unsent(
    'an account that does not exist',
    'authorization_required',
    { account: 'missing' },
    { accountStatus: 'PENDING_AUTH', link: true },
  ),
  ...unsent(
    'an account that was disconnected after the last call',
    'authorization_required',
    { afterFirstCall: 'the account is disconnected' },
    { accountStatus: 'DISCONNECTED', link: true },
  ),
  ...both('an account that expires during the call', {
    expires: true,
    answer: { status: 401, body: { message: '?' } },
    expected: { code: 'authorization_required', accountStatus: 'EXPIRED', link: true, sent: 1 },
  }),
  ...both('an account whose token the provider rejects', {
    proxy: { accountToken: 'expired' },
    expected: { code: 'authorization_required', accountStatus: 'ACTIVE', link: true, sent: 2 },
  }),
  ...unsent(
    'an account for which the proxy rejects our token twice',
    'authorization_required',
    { proxy: { token: 'expired' } },
    { accountStatus: 'ACTIVE', link: true },
  ),
];

const PROXY: Case[] = [
  ...unsent(
    'a rate limit of the proxy',
    'rate_limited',
    { proxy: proxied(429, LATER) },
    { retryAfterSeconds: 3_600 },
  ),
  ...unsent('a proxy that is not enabled for the provider', 'not_configured', {
    proxy: { answer: { status: 400, body: { ...PROBLEM, message: 'proxy not enabled for provider ?' } } },
  }),
  ...unsent('a proxy that does not find the account', 'not_found', { proxy: proxied(404) }),
  ...fails('a proxy that returns status 500', { proxy: proxied(500) }, 0),
  ...fails('a provider that the proxy cannot reach', { proxy: proxied(502) }, 0),
  ...fails(
    'a connection that is lost before the proxy reads the request',
    { proxy: { drop: 'before-read' } },
    0,
  ),
  ...fails(
    'a connection that is lost after the proxy has read the request',
    { proxy: { drop: 'after-read' } },
    0,
  ),
  ...fails(
    'a connection that is lost after the provider has responded',
    { proxy: { drop: 'after-provider' } },
    3,
  ),
  ...fails('a connection that is lost during the response', { proxy: { drop: 'during-answer' } }, 3),
  ...both('a proxy that cannot be reached', {
    afterFirstCall: 'Scalekit is gone',
    expected: { code: 'provider_unavailable', sent: 0 },
  }),
];

function proxied(status: number, headers: Record<string, string> = {}): FaultInput {
  return { answer: { status, headers: { 'x-reason': '?', ...headers }, body: PROBLEM } };
}

/**
 * Returns the cases of a fault after which a read is retried.
 * @param sent the number of times that a read is sent to the provider; a write is sent at most once
 */
function fails(name: string, more: Partial<Case>, sent: number): Case[] {
  return [
    { name, kind: 'read', ...more, expected: { code: 'provider_unavailable', sent } },
    { name, kind: 'write', ...more, expected: { code: 'outcome_unknown', sent: Math.min(1, sent) } },
  ];
}

const TOOLS: Case[] = [
  ...unsent('a tool that throws', 'internal_error', { tool: 'throws' }),
  ...unsent('a tool that throws an error whose message was shortened', 'internal_error', {
    tool: 'throws with a shortened message',
  }),
  {
    name: 'a tool that throws after its call',
    kind: 'read',
    tool: 'throws after its call',
    expected: { code: 'internal_error', sent: 1 },
  },
  {
    name: 'a tool that throws after its call',
    kind: 'write',
    tool: 'throws after its call',
    expected: { code: 'outcome_unknown', sent: 1 },
  },
  {
    name: 'a tool that returns an undeclared output',
    kind: 'read',
    tool: 'returns what it does not declare',
    expected: { code: 'internal_error', sent: 1 },
  },
  {
    name: 'a tool that returns an undeclared output',
    kind: 'write',
    tool: 'returns what it does not declare',
    expected: { code: 'outcome_unknown', sent: 1 },
  },
];

/** The cases of faults in the account, or between the tool and the provider. They are the same for all connectors. */
export function accountCases(connector: ConnectorName): Case[] {
  return [
    ...ACCOUNTS,
    ...PROXY,
    ...unsent('a connection that does not exist', 'not_configured', {
      variables: { [`${connector.toUpperCase()}_CONNECTION`]: '?' },
    }),
  ];
}

const limited = { retryAfterSeconds: 3_600 };
const expired = { account: 'EXPIRED' } as const;

const SCALEKIT: Case[] = [
  ...unsent('client credentials that Scalekit rejects', 'not_configured', {
    variables: { SCALEKIT_CLIENT_SECRET: '?' },
  }),
  ...[
    [TOKEN, 'a token request'],
    [DETAILS, 'an account request'],
  ].flatMap(([path = '', name]) => [
    ...unsent(`${name} that gets status 500`, 'scalekit_unavailable', { scalekit: [answers(path, 500)] }),
    ...unsent(`${name} that gets status 503`, 'scalekit_unavailable', { scalekit: [answers(path, 503)] }),
    ...unsent(`${name} that loses its connection`, 'scalekit_unavailable', {
      scalekit: [{ path, drop: 'after-read' }],
    }),
    ...unsent(`${name} that gets HTML`, 'scalekit_unavailable', {
      scalekit: [answers(path, 200, { body: '<html>?' })],
    }),
    ...unsent(`${name} that gets JSON of another shape`, 'scalekit_unavailable', {
      scalekit: [answers(path, 200)],
    }),
    ...unsent(`${name} that gets no response`, 'scalekit_unavailable', {
      scalekit: [{ path, hang: true }],
      call: { remainingMs: 2_000 },
    }),
    ...unsent(
      `${name} that gets status 429`,
      'rate_limited',
      { scalekit: [answers(path, 429, { headers: LATER })] },
      limited,
    ),
    ...unsent(`${name} that gets status 400`, 'not_configured', { scalekit: [answers(path, 400)] }),
    ...unsent(`${name} that gets status 401`, 'not_configured', { scalekit: [answers(path, 401)] }),
    ...unsent(`${name} that gets status 403`, 'not_configured', { scalekit: [answers(path, 403)] }),
    ...unsent(`${name} that gets a redirect to another host`, 'scalekit_unavailable', {
      scalekit: [answers(path, 302, { headers: { location: 'elsewhere/?' } })],
    }),
  ]),
  ...unsent('an account that cannot be created', 'scalekit_unavailable', {
    account: 'missing',
    scalekit: [{ ...answers(CREATE, 500), method: 'POST' }],
  }),
  ...unsent(
    'an account with an unknown status',
    'authorization_required',
    { scalekit: [answers(DETAILS, 200, { body: { connected_account: { status: '?', id: '?' } } })] },
    { accountStatus: 'CONNECTION_STATUS_UNSPECIFIED', link: true },
  ),
  ...unsent(
    'a response with a consent link and additional text',
    'authorization_required',
    {
      ...expired,
      scalekit: [
        answers(LINK, 200, { body: { link: 'https://acme.scalekit.com/magicLink/?', expiry: '?' } }),
      ],
    },
    { accountStatus: 'EXPIRED', link: true },
  ),
  ...[
    answers(LINK, 500),
    answers(LINK, 403),
    answers(LINK, 200, { body: { link: 'javascript:?', expiry: '?' } }),
    answers(LINK, 302, { headers: { location: 'elsewhere/?' } }),
  ].flatMap((fault, index) =>
    unsent(
      `an expired account without a valid consent link (case ${index + 1})`,
      'authorization_required',
      { ...expired, scalekit: [fault] },
      { accountStatus: 'EXPIRED' },
    ),
  ),
  ...unsent('a secret store that returns status 500', 'dependency_unavailable', {
    secrets: { status: 500, body: { __type: 'InternalServiceError', Message: '?' } },
  }),
  ...unsent('a secret store that denies access', 'dependency_unavailable', {
    secrets: {
      status: 400,
      body: { __type: 'AccessDeniedException', Message: 'User: arn:aws:iam::? is not authorized' },
    },
  }),
  ...unsent('a secret that is not stored as a string', 'dependency_unavailable', {
    secrets: { status: 200, body: { SecretBinary: '?', Name: '?' } },
  }),
  ...unsent('a secret store that cannot be reached', 'dependency_unavailable', { secrets: 'reset' }),
];

/** Faults that do not depend on the provider. */
export const INDEPENDENT_CASES: Case[] = [...INPUT_FAULTS, ...CALLER_FAULTS, ...TOOLS, ...SCALEKIT];
