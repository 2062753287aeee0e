import type { ErrorCode, ErrorDetail } from 'scalekit-lambda-tools';
import { both, type Case, type ConnectorName, type Expected, KINDS, type ProviderAnswer } from './row.ts';

type Answer = NonNullable<Case['answer']>;
type Spoken = Exclude<ProviderAnswer, string>;

const HOUR = 3_600;
const inAnHour = () => new Date(Date.now() + HOUR * 1_000);
const LATER = { 'retry-after': String(HOUR) };

function refused(name: string, answer: Answer, code: ErrorCode, details: ErrorDetail[] = []): Case[] {
  return both(name, { answer, expected: { code, sent: 1, details } });
}

/**
 * Returns the cases of a rate limit. Each request is sent three times, or once if the provider requests a wait that
 * is too long for the call.
 */
function limited(
  name: string,
  answer: Answer,
  retryAfterSeconds: Expected['retryAfterSeconds'] = 60,
  sent = retryAfterSeconds === 60 ? 3 : 1,
): Case[] {
  return both(name, { answer, expected: { code: 'rate_limited', retryAfterSeconds, sent } });
}

/** Returns the cases of an outage. The provider receives a read `sent` times. The outcome of a write is unknown. */
function failed(name: string, answer: Answer, sent: number, more: Partial<Case> = {}): Case[] {
  return [
    { name, kind: 'read', answer, ...more, expected: { code: 'provider_unavailable', sent } },
    { name, kind: 'write', answer, ...more, expected: { code: 'outcome_unknown', sent: 1 } },
  ];
}

function unreadable(name: string, answer: Answer): Case[] {
  return [
    { name, kind: 'read', answer, expected: { code: 'invalid_provider_response', sent: 1 } },
    { name, kind: 'write', answer, expected: { code: 'outcome_unknown', sent: 1 } },
  ];
}

function credentialsRefused(name: string, answer: Answer, sent: number): Case[] {
  const expected = { code: 'authorization_required', accountStatus: 'ACTIVE', link: true, sent } as const;
  return both(name, { answer, expected });
}

function scopeMissing(connector: ConnectorName, name: string, answer: Answer): Case[] {
  return KINDS.map((kind) => ({
    name,
    kind,
    answer,
    expected: {
      code: 'permission_denied',
      link: true,
      details: [{ path: '', issue: `needs the scope ${connector}.${kind}` }],
      sent: 1,
    },
  }));
}

const invalid = (path: string) => ({ path, issue: 'is not a value that the provider accepts' });
const missing = (path: string) => ({ path, issue: 'is required by the provider' });
const unknownField = (path: string) => ({ path, issue: 'is not known to the provider' });
const tooLong = (path: string) => ({ path, issue: 'is too long for the provider' });
const taken = (path: string) => ({ path, issue: 'is already taken at the provider' });

/** A response body in the error format of each provider. Its error name does not exist at that provider. */
const NAMELESS: Record<ConnectorName, unknown> = {
  gmail: {
    error: {
      code: 400,
      message: '?',
      status: '?',
      errors: [{ domain: '?', reason: '?', message: '?', location: '?' }],
      details: [{ '@type': '?', reason: '?', metadata: { service: '?' } }],
    },
  },
  slack: {
    ok: false,
    error: '?',
    needed: '?',
    provided: '?',
    response_metadata: { messages: ['[ERROR] ?'] },
  },
  github: { message: '?', errors: ['?'], block: '?' },
  salesforce: [{ errorCode: '?', message: '?' }],
  hubspot: {
    status: 'error',
    message: '?',
    correlationId: '?',
    category: '?',
    policyName: '?',
    errorType: '?',
  },
  acme: { message: '?', error: '?', errors: [{ field: '?', reason: '?' }], detail: { '?': ['?'] } },
};

/** Returns the details for a response of GitHub that names no invalid field. */
const namelessDetails = (connector: ConnectorName, status: number) =>
  connector === 'github' && status === 422 ? [invalid('')] : [];

const CODES_BY_STATUS: readonly (readonly [number, ErrorCode])[] = [
  [400, 'rejected_by_provider'],
  [402, 'rejected_by_provider'],
  [403, 'permission_denied'],
  [404, 'not_found'],
  [405, 'rejected_by_provider'],
  [409, 'conflict'],
  [410, 'not_found'],
  [412, 'conflict'],
  [413, 'rejected_by_provider'],
  [422, 'rejected_by_provider'],
  [423, 'conflict'],
];

const HTML = '<html><title>?</title><body data-x="?">? &amp; ?</body></html>';
const html = (status: number): ProviderAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=?' },
  body: HTML,
});
const TOO_LARGE = 5 * 1024 * 1024 + 1;

/** The responses that can come from any provider, or from a server in front of it. */
export function commonCases(connector: ConnectorName, elsewhere: string): Case[] {
  const body = NAMELESS[connector];
  const success = { id: 't1', title: '?', nested: { text: '?' } };
  return [
    ...CODES_BY_STATUS.flatMap(([status, code]) =>
      refused(
        `status ${status} with an unknown error name`,
        { status, body },
        code,
        namelessDetails(connector, status),
      ),
    ),
    ...refused('status 403 with HTML', html(403), 'permission_denied'),
    ...refused('status 404 without a body', { status: 404, body: '' }, 'not_found'),
    ...credentialsRefused('status 401', { status: 401, body }, 2),
    ...limited('status 429', { status: 429, body }),
    ...limited('status 429 with a wait of an hour', { status: 429, headers: LATER, body }, HOUR),
    ...limited(
      'status 429 with a date in retry-after',
      { status: 429, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } },
      86_400,
    ),
    ...limited('status 429 with an invalid wait', { status: 429, headers: { 'retry-after': '?' }, body }),
    ...failed('status 500', { status: 500, body }, 1),
    ...failed('status 501', { status: 501, body }, 1),
    ...[502, 503, 504].flatMap((status) => failed(`status ${status}`, html(status), 3)),
    {
      name: 'status 503 with a wait of an hour',
      kind: 'read',
      answer: { status: 503, headers: LATER, body },
      expected: { code: 'provider_unavailable', retryAfterSeconds: HOUR, sent: 1 },
    },
    ...failed('a lost connection to the provider', 'reset', 3),
    ...timedOut(),
    ...unreadable('a success with HTML', html(200)),
    ...unreadable('a success with incomplete JSON', { body: '{"id":"?","title":"?' }),
    ...unreadable('a success without a body', { body: '' }),
    ...unreadable('a success with JSON of another shape', { body: { thing: success, list: ['?'] } }),
    ...unreadable('a success with an ID of another type', { body: { ...success, id: { '?': '?' } } }),
    ...unreadable('a success whose header wrongly names gzip', {
      headers: { 'content-encoding': 'gzip' },
      body: '?',
    }),
    ...unreadable('a success of more than 5 MB', () => ({
      body: `{"id":"?","title":"?${'x'.repeat(TOO_LARGE)}"}`,
    })),
    ...unreadable('a redirect to another path', {
      status: 302,
      headers: { location: '/?/stolen?a=?' },
      body,
    }),
    ...[302, 308].flatMap((status) =>
      unreadable(`a redirect to another host with status ${status}`, {
        status,
        headers: { location: `${elsewhere}/?` },
        body,
      }),
    ),
  ];
}

function timedOut(): Case[] {
  const late = {
    name: 'a missing response of the provider',
    answer: 'hang',
    call: { remainingMs: 5_000 },
  } as const;
  return [
    { ...late, kind: 'read', expected: { code: 'provider_timeout', sent: { from: 1, to: 3 } } },
    { ...late, kind: 'write', expected: { code: 'outcome_unknown', sent: 1 } },
  ];
}

function google(status: number, reason: string, more: object = {}, message = '?'): Spoken {
  const errors = [{ domain: '?', reason, message: '?', locationType: '?', location: '?' }];
  return { status, body: { error: { code: status, message, errors, status: '?', ...more } } };
}
const googleDetail = (status: number, reason: string): Spoken => ({
  status,
  body: {
    error: {
      code: status,
      message: '?',
      status: 'PERMISSION_DENIED',
      details: [{ '@type': '?' }, { reason, domain: '?' }],
    },
  },
});

const GMAIL: Case[] = [
  ...credentialsRefused('rejected credentials', google(401, 'authError'), 2),
  ...credentialsRefused('rejected credentials with status 403', google(403, 'authError'), 1),
  ...credentialsRefused('an expired token', googleDetail(401, 'ACCESS_TOKEN_EXPIRED'), 2),
  ...scopeMissing('gmail', 'a missing scope', google(403, 'insufficientPermissions')),
  ...scopeMissing(
    'gmail',
    'a missing scope that only the details name',
    googleDetail(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  ),
  ...refused('a policy of the domain', google(403, 'domainPolicy'), 'permission_denied'),
  ...refused('a denied delegation', google(403, 'forbidden'), 'permission_denied'),
  ...refused('a message that does not exist', google(404, 'notFound'), 'not_found'),
  ...refused('a label that exists already', google(409, 'duplicate'), 'conflict'),
  ...refused('a label that exists already (status 400)', google(400, 'alreadyExists'), 'conflict'),
  ...refused('a concurrent change', google(409, 'aborted'), 'conflict'),
  ...refused('a condition that is not met', google(412, 'conditionNotMet'), 'conflict'),
  ...refused('an invalid value', google(400, 'invalidArgument'), 'rejected_by_provider'),
  ...refused('a user who has no mailbox of Gmail', google(400, 'failedPrecondition'), 'conflict'),
  ...refused('a message that is too large', google(413, 'uploadTooLarge'), 'rejected_by_provider'),
  ...refused(
    'invalid fields',
    google(400, 'invalid', {
      details: [
        {
          '@type': '?',
          fieldViolations: [
            { field: 'message.thing', description: '?' },
            { field: '?', description: '?' },
            { description: 'Invalid JSON payload received. Unknown name "?": Cannot find field.' },
            { field: '?', description: 'Missing required field: thing' },
          ],
        },
      ],
    }),
    'rejected_by_provider',
    [invalid('thing'), invalid(''), unknownField(''), missing('thing')],
  ),
  ...['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded'].flatMap((reason) => [
    ...limited(`status 403 with ${reason}`, google(403, reason)),
    ...limited(
      `status 403 with ${reason} and a wait of an hour`,
      { ...google(403, reason), headers: LATER },
      HOUR,
    ),
  ]),
  ...limited('an exhausted daily limit', google(403, 'dailyLimitExceeded'), HOUR),
  ...limited(
    'a limit that ends at a time in the message',
    () =>
      google(429, 'userRateLimitExceeded', {}, `Limit ? exceeded.  Retry after ${inAnHour().toISOString()}`),
    { about: HOUR },
  ),
  ...refused('an API that is not enabled', google(403, 'accessNotConfigured'), 'not_configured'),
  ...refused(
    'an API that only the details name as not enabled',
    googleDetail(403, 'SERVICE_DISABLED'),
    'not_configured',
  ),
  ...failed('a permanent fault of the backend', google(500, 'backendError'), 1),
  ...failed('a temporary fault of the backend', google(503, 'backendError'), 3),
];

const slack = (error: string, more: object = {}): Spoken => ({
  body: { ok: false, error, warning: '?', ...more },
});

const SLACK: Case[] = [
  ...['invalid_auth', 'not_authed', 'token_expired', 'token_revoked', 'account_inactive'].flatMap((name) =>
    credentialsRefused(name, slack(name), 1),
  ),
  ...scopeMissing('slack', 'missing_scope', slack('missing_scope', { needed: '?', provided: '?' })),
  ...['not_in_channel', 'restricted_action', 'no_permission', 'not_allowed_token_type'].flatMap((name) =>
    refused(name, slack(name), 'permission_denied'),
  ),
  ...['channel_not_found', 'user_not_found', 'message_not_found'].flatMap((name) =>
    refused(name, slack(name), 'not_found'),
  ),
  ...['is_archived', 'already_reacted', 'team_added_to_org'].flatMap((name) =>
    refused(name, slack(name), 'conflict'),
  ),
  ...['msg_too_long', 'no_text', '?'].flatMap((name) => refused(name, slack(name), 'rejected_by_provider')),
  ...refused(
    'invalid_arguments',
    slack('invalid_arguments', {
      response_metadata: {
        messages: [
          '[ERROR] missing required field: thing',
          '[ERROR] missing required field: ?',
          '[ERROR] must be less than 3001 characters [json-pointer:/thing]',
          '[ERROR] must match ? [json-pointer:/?]',
          '?',
        ],
      },
    }),
    'rejected_by_provider',
    [missing('thing'), missing(''), tooLong('thing'), invalid('')],
  ),
  ...limited('ratelimited', slack('ratelimited')),
  ...limited('ratelimited with a wait of an hour', { ...slack('ratelimited'), headers: LATER }, HOUR),
  ...limited(
    'status 429 with ratelimited',
    { status: 429, headers: LATER, body: { ok: false, error: 'ratelimited' } },
    HOUR,
  ),
  ...refused('unknown_method', slack('unknown_method'), 'not_configured'),
  ...['internal_error', 'fatal_error', 'service_unavailable'].flatMap((name) => failed(name, slack(name), 3)),
  ...unreadable('a success without an ID', { body: { ok: true, message: { text: '?' } } }),
];

const octo = (
  status: number,
  message: string,
  more: { headers?: Record<string, string>; body?: object } = {},
): Spoken => ({
  status,
  headers: { 'x-github-request-id': '?', ...more.headers },
  body: { message, documentation_url: 'https://docs.github.com/?', status: String(status), ...more.body },
});
const usedUp = () => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Math.floor(inAnHour().getTime() / 1_000)),
});
const scopes = { 'x-accepted-oauth-scopes': 'repo, ?', 'x-oauth-scopes': 'user, ?' };

const GITHUB: Case[] = [
  ...credentialsRefused('invalid credentials', octo(401, 'Bad credentials ?'), 2),
  ...scopeMissing(
    'github',
    'a missing scope',
    octo(403, 'Must have admin rights to ?.', { headers: scopes }),
  ),
  ...refused('a missing permission', octo(403, 'Must have push access to ?'), 'permission_denied'),
  ...refused(
    'a resource that GitHub apps cannot access',
    octo(403, 'Resource not accessible by integration ?'),
    'permission_denied',
  ),
  ...refused(
    'an organisation that requires single sign-on',
    octo(403, 'Resource protected by organization SAML enforcement. ?', {
      headers: { 'x-github-sso': 'required; url=https://github.com/orgs/?/sso?authorization_request=?' },
    }),
    'permission_denied',
  ),
  ...refused('status 403 with an unknown message', octo(403, '?'), 'permission_denied'),
  ...refused('a repository that does not exist', octo(404, 'Not Found ?'), 'not_found'),
  ...refused('a repository without issues', octo(410, 'Issues has been disabled in ?.'), 'not_found'),
  ...refused(
    'a repository that moved',
    octo(301, 'Moved Permanently ?', { headers: { location: 'https://api.github.com/repositories/?' } }),
    'not_found',
  ),
  ...refused(
    'a pull request that cannot be merged',
    octo(405, 'Pull Request ? is not mergeable'),
    'conflict',
  ),
  ...refused('a head branch that was changed', octo(409, 'Head branch ? was modified.'), 'conflict'),
  ...refused('an archived repository', octo(403, 'Repository was archived so is read-only. ?'), 'conflict'),
  ...refused('malformed JSON', octo(400, 'Problems parsing JSON ?'), 'rejected_by_provider'),
  ...refused(
    'a repository that is blocked for legal reasons',
    octo(451, 'Repository access blocked ?', { body: { block: { reason: '?', html_url: '?' } } }),
    'rejected_by_provider',
  ),
  ...refused(
    'invalid fields',
    octo(422, 'Validation Failed ?', {
      body: {
        errors: [
          { resource: '?', field: 'thing', code: 'missing_field' },
          { resource: '?', field: 'thing', code: 'custom', message: '? already exists' },
          { resource: '?', field: '?', code: '?', message: '?' },
          '?',
        ],
      },
    }),
    'rejected_by_provider',
    [missing('thing'), taken('thing'), invalid('')],
  ),
  ...refused(
    'an invalid field that only the message names',
    octo(422, 'Invalid request.\n\nInvalid property /thing: "?" is not of type `array`.'),
    'rejected_by_provider',
    [invalid('thing')],
  ),
  ...refused(
    'a missing field that only the message names',
    octo(422, 'Invalid request.\n\n"?" wasn\'t supplied.'),
    'rejected_by_provider',
    [missing('')],
  ),
  ...[403, 429].flatMap((status) => [
    ...limited(
      `status ${status} at the primary rate limit`,
      () => octo(status, 'API rate limit exceeded for user ID ?.', { headers: usedUp() }),
      { about: HOUR },
    ),
    ...limited(
      `status ${status} at a secondary rate limit`,
      octo(status, 'You have exceeded a secondary rate limit. ?', { headers: LATER }),
      HOUR,
    ),
    ...limited(
      `status ${status} at a secondary rate limit without a wait`,
      octo(status, 'You have exceeded a secondary rate limit. ?'),
    ),
  ]),
  ...limited(
    'a rate limit that ends after more than a day',
    octo(403, 'API rate limit exceeded for ?', {
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' },
    }),
    86_400,
  ),
  ...failed('a fault of GitHub', octo(502, 'Server Error ?'), 3),
];

const force = (status: number, errorCode: string, message = '?', more: object = {}): Spoken => ({
  status,
  body: [{ errorCode, message, ...more }],
});

const SALESFORCE: Case[] = [
  ...credentialsRefused('an invalid session', force(401, 'INVALID_SESSION_ID'), 2),
  ...credentialsRefused('an invalid session with status 403', force(403, 'INVALID_SESSION_ID'), 1),
  ...['INSUFFICIENT_ACCESS_OR_READONLY', 'API_DISABLED_FOR_ORG'].flatMap((name) =>
    refused(name, force(403, name), 'permission_denied'),
  ),
  ...refused(
    'a missing permission with status 400',
    force(400, 'INSUFFICIENT_ACCESS_OR_READONLY'),
    'permission_denied',
  ),
  ...refused('NOT_FOUND', force(404, 'NOT_FOUND'), 'not_found'),
  ...refused('a deleted record', force(404, 'ENTITY_IS_DELETED'), 'not_found'),
  ...['UNABLE_TO_LOCK_ROW', 'ENTITY_IS_LOCKED', 'DUPLICATES_DETECTED', 'DELETE_FAILED'].flatMap((name) =>
    refused(name, force(400, name, '?', { duplicateResult: { errorMessage: '?' } }), 'conflict'),
  ),
  ...refused('a record that changed', force(412, 'ENTITY_MODIFIED_SINCE_LAST_READ'), 'conflict'),
  ...refused(
    'an external ID that several records have',
    {
      status: 300,
      body: ['/services/data/v68.0/sobjects/Account/?', '/services/data/v68.0/sobjects/Account/?'],
    },
    'conflict',
  ),
  ...refused(
    'a value that another record has',
    force(400, 'DUPLICATE_VALUE', 'duplicate value found: thing duplicates value on record with id: ?'),
    'conflict',
    [taken('thing')],
  ),
  ...refused(
    'MALFORMED_QUERY',
    force(400, 'MALFORMED_QUERY', '\nSELECT ?\n ^\nERROR at Row:1:Column:42\n?'),
    'rejected_by_provider',
  ),
  ...refused(
    'a column that does not exist',
    force(400, 'INVALID_FIELD', "\nSELECT ?\nNo such column '?' on entity '?'."),
    'rejected_by_provider',
    [unknownField('')],
  ),
  ...refused(
    'missing required fields',
    force(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [?]', { fields: ['Thing', '?'] }),
    'rejected_by_provider',
    [missing('thing'), missing('')],
  ),
  ...refused(
    'a validation rule of the organisation',
    force(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '?', { fields: ['?'] }),
    'rejected_by_provider',
    [invalid('')],
  ),
  ...refused(
    'a failed action in the response',
    {
      status: 400,
      body: [
        {
          actionName: '?',
          isSuccess: false,
          errors: [{ statusCode: '?', message: '?', fields: ['thing', '?'] }],
          outputValues: { '?': '?' },
        },
      ],
    },
    'rejected_by_provider',
    [invalid('thing'), invalid('')],
  ),
  ...limited(
    'an exhausted daily limit',
    force(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit ? exceeded.'),
    HOUR,
  ),
  ...limited(
    'a limit of concurrent requests',
    force(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn ?'),
  ),
  ...failed('UNKNOWN_EXCEPTION', force(500, 'UNKNOWN_EXCEPTION'), 1),
  ...failed('SERVER_UNAVAILABLE', force(503, 'SERVER_UNAVAILABLE'), 3),
];

const hub = (status: number, more: object, headers: Record<string, string> = {}): Spoken => ({
  status,
  headers,
  body: { status: 'error', message: '?', correlationId: '?', links: { scopes: '?' }, ...more },
});
const policy = (policyName: string) => ({ errorType: 'RATE_LIMIT', policyName, requestId: '?' });

const HUBSPOT: Case[] = [
  ...['INVALID_AUTHENTICATION', 'EXPIRED_AUTHENTICATION'].flatMap((category) =>
    credentialsRefused(category, hub(401, { category }), 2),
  ),
  ...credentialsRefused(
    'rejected credentials with status 403',
    hub(403, { category: 'INVALID_AUTHENTICATION' }),
    1,
  ),
  ...scopeMissing(
    'hubspot',
    'a missing scope',
    hub(403, {
      category: 'MISSING_SCOPES',
      errors: [{ message: '?', context: { requiredGranularScopes: ['?'], propertyName: ['?'] } }],
    }),
  ),
  ...refused('FORBIDDEN', hub(403, { category: 'FORBIDDEN' }), 'permission_denied'),
  ...refused('OBJECT_NOT_FOUND', hub(404, { category: 'OBJECT_NOT_FOUND' }), 'not_found'),
  ...refused(
    'a value that another record has',
    hub(409, { category: 'CONFLICT', errors: [{ code: 'DUPLICATE_VALUE', in: 'thing', message: '?' }] }),
    'conflict',
    [taken('thing')],
  ),
  ...refused('a locked record', hub(423, {}), 'conflict'),
  ...refused(
    'invalid properties that only the message names',
    hub(400, {
      category: 'VALIDATION_ERROR',
      message:
        'Property values were not valid: [{"message":"?","error":"PROPERTY_DOESNT_EXIST","name":"?"},{"error":"?","name":"thing"}]',
    }),
    'rejected_by_provider',
    [unknownField(''), invalid('thing')],
  ),
  ...refused(
    'invalid properties in a list of errors',
    hub(400, {
      category: 'VALIDATION_ERROR',
      errors: [
        { message: '?', code: 'REQUIRED_FIELD', in: 'thing' },
        { message: '? is too long', in: '?' },
        { message: '?', code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['?'] } },
      ],
    }),
    'rejected_by_provider',
    [missing('thing'), tooLong(''), unknownField('')],
  ),
  ...limited('an exhausted daily limit', hub(429, policy('DAILY')), HOUR),
  ...limited('an exhausted limit per second', hub(429, policy('SECONDLY')), 1, 3),
  ...limited('an exhausted limit per ten seconds', hub(429, policy('TEN_SECONDLY_ROLLING')), 10),
  ...limited(
    'an exhausted limit with its period in a header',
    hub(429, policy('TEN_SECONDLY_ROLLING'), { 'x-hubspot-ratelimit-interval-milliseconds': '30000' }),
    30,
  ),
  ...limited('a rate limit with an unknown name', hub(429, policy('?'))),
  ...limited('a migration of the account', hub(477, {}, { 'retry-after': '86400' }), 86_400),
  ...limited('a migration of the account without a wait', hub(477, {})),
  ...failed('a fault of the proxy in front of HubSpot', html(524), 1),
];

/** This connector has no error table, so its error names have no meaning. */
const ACME: Case[] = [
  ...refused(
    'error names of other providers',
    {
      status: 422,
      body: { ok: false, error: 'ratelimited', category: 'CONFLICT', errors: [{ field: 'thing' }] },
    },
    'rejected_by_provider',
  ),
  ...refused(
    'status 403 with a wait',
    { status: 403, headers: LATER, body: { message: '?' } },
    'permission_denied',
  ),
];

/** The cases with errors in each provider's own format. */
export const PROVIDER_CASES: Record<ConnectorName, Case[]> = {
  gmail: GMAIL,
  slack: SLACK,
  github: GITHUB,
  salesforce: SALESFORCE,
  hubspot: HUBSPOT,
  acme: ACME,
};
