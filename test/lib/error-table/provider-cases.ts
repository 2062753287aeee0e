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
      refused(`${status}, by a name that is new`, { status, body }, code, namelessDetails(connector, status)),
    ),
    ...refused('403, as HTML', html(403), 'permission_denied'),
    ...refused('404, without a body', { status: 404, body: '' }, 'not_found'),
    ...credentialsRefused('401', { status: 401, body }, 2),
    ...limited('429', { status: 429, body }),
    ...limited('429, for an hour', { status: 429, headers: LATER, body }, HOUR),
    ...limited(
      '429, until a date',
      { status: 429, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } },
      86_400,
    ),
    ...limited('429, for a time that is none', { status: 429, headers: { 'retry-after': '?' }, body }),
    ...failed('500', { status: 500, body }, 1),
    ...failed('501', { status: 501, body }, 1),
    ...[502, 503, 504].flatMap((status) => failed(`${status}`, html(status), 3)),
    {
      name: '503, for an hour',
      kind: 'read',
      answer: { status: 503, headers: LATER, body },
      expected: { code: 'provider_unavailable', retryAfterSeconds: HOUR, sent: 1 },
    },
    ...failed('a connection that is lost', 'reset', 3),
    ...timedOut(),
    ...unreadable('a success in HTML', html(200)),
    ...unreadable('a success that breaks off', { body: '{"id":"?","title":"?' }),
    ...unreadable('a success without a body', { body: '' }),
    ...unreadable('a success in another form', { body: { thing: success, list: ['?'] } }),
    ...unreadable('a success with an ID of another type', { body: { ...success, id: { '?': '?' } } }),
    ...unreadable('a success in bytes that it says are compressed', {
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
      unreadable(`a redirect with ${status} to another host`, {
        status,
        headers: { location: `${elsewhere}/?` },
        body,
      }),
    ),
  ];
}

function timedOut(): Case[] {
  const late = { name: 'no answer', answer: 'hang', call: { remainingMs: 5_000 } } as const;
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
  ...credentialsRefused('refused credentials', google(401, 'authError'), 2),
  ...credentialsRefused('refused credentials, with another status', google(403, 'authError'), 1),
  ...credentialsRefused('an expired token', googleDetail(401, 'ACCESS_TOKEN_EXPIRED'), 2),
  ...scopeMissing('gmail', 'a missing scope', google(403, 'insufficientPermissions')),
  ...scopeMissing(
    'gmail',
    'a missing scope, in the details',
    googleDetail(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  ),
  ...refused('a policy of the domain', google(403, 'domainPolicy'), 'permission_denied'),
  ...refused('a delegation that is denied', google(403, 'forbidden'), 'permission_denied'),
  ...refused('no such message', google(404, 'notFound'), 'not_found'),
  ...refused('a label that exists', google(409, 'duplicate'), 'conflict'),
  ...refused('a label that exists, with 400', google(400, 'alreadyExists'), 'conflict'),
  ...refused('a change at the same time', google(409, 'aborted'), 'conflict'),
  ...refused('a condition that is not met', google(412, 'conditionNotMet'), 'conflict'),
  ...refused('a wrong value', google(400, 'invalidArgument'), 'rejected_by_provider'),
  ...refused('a mailbox without Gmail', google(400, 'failedPrecondition'), 'conflict'),
  ...refused('too large a message', google(413, 'uploadTooLarge'), 'rejected_by_provider'),
  ...refused(
    'wrong fields',
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
    ...limited(`403 ${reason}`, google(403, reason)),
    ...limited(`403 ${reason}, for an hour`, { ...google(403, reason), headers: LATER }, HOUR),
  ]),
  ...limited('a used up day', google(403, 'dailyLimitExceeded'), HOUR),
  ...limited(
    'a limit until a time',
    () =>
      google(429, 'userRateLimitExceeded', {}, `Limit ? exceeded.  Retry after ${inAnHour().toISOString()}`),
    { about: HOUR },
  ),
  ...refused('an API that is off', google(403, 'accessNotConfigured'), 'not_configured'),
  ...refused('an API that is off, in the details', googleDetail(403, 'SERVICE_DISABLED'), 'not_configured'),
  ...failed('a fault of the backend', google(500, 'backendError'), 1),
  ...failed('a fault of the backend that passes', google(503, 'backendError'), 3),
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
  ...limited('ratelimited, for an hour', { ...slack('ratelimited'), headers: LATER }, HOUR),
  ...limited(
    '429 ratelimited',
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
  ...credentialsRefused('bad credentials', octo(401, 'Bad credentials ?'), 2),
  ...scopeMissing(
    'github',
    'a missing scope',
    octo(403, 'Must have admin rights to ?.', { headers: scopes }),
  ),
  ...refused('a missing right', octo(403, 'Must have push access to ?'), 'permission_denied'),
  ...refused(
    'what an app may not see',
    octo(403, 'Resource not accessible by integration ?'),
    'permission_denied',
  ),
  ...refused(
    'single sign-on',
    octo(403, 'Resource protected by organization SAML enforcement. ?', {
      headers: { 'x-github-sso': 'required; url=https://github.com/orgs/?/sso?authorization_request=?' },
    }),
    'permission_denied',
  ),
  ...refused('another 403', octo(403, '?'), 'permission_denied'),
  ...refused('no such repository', octo(404, 'Not Found ?'), 'not_found'),
  ...refused('issues that are off', octo(410, 'Issues has been disabled in ?.'), 'not_found'),
  ...refused(
    'a repository that moved',
    octo(301, 'Moved Permanently ?', { headers: { location: 'https://api.github.com/repositories/?' } }),
    'not_found',
  ),
  ...refused('what cannot be merged', octo(405, 'Pull Request ? is not mergeable'), 'conflict'),
  ...refused('a head that moved', octo(409, 'Head branch ? was modified.'), 'conflict'),
  ...refused('an archived repository', octo(403, 'Repository was archived so is read-only. ?'), 'conflict'),
  ...refused('malformed JSON', octo(400, 'Problems parsing JSON ?'), 'rejected_by_provider'),
  ...refused(
    'legal reasons',
    octo(451, 'Repository access blocked ?', { body: { block: { reason: '?', html_url: '?' } } }),
    'rejected_by_provider',
  ),
  ...refused(
    'wrong fields',
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
    'a wrong field in words',
    octo(422, 'Invalid request.\n\nInvalid property /thing: "?" is not of type `array`.'),
    'rejected_by_provider',
    [invalid('thing')],
  ),
  ...refused(
    'a wrong field in words that was not sent',
    octo(422, 'Invalid request.\n\n"?" wasn\'t supplied.'),
    'rejected_by_provider',
    [missing('')],
  ),
  ...[403, 429].flatMap((status) => [
    ...limited(
      `${status}, the primary limit`,
      () => octo(status, 'API rate limit exceeded for user ID ?.', { headers: usedUp() }),
      { about: HOUR },
    ),
    ...limited(
      `${status}, a secondary limit`,
      octo(status, 'You have exceeded a secondary rate limit. ?', { headers: LATER }),
      HOUR,
    ),
    ...limited(
      `${status}, a secondary limit without a time`,
      octo(status, 'You have exceeded a secondary rate limit. ?'),
    ),
  ]),
  ...limited(
    'a limit that ends after days',
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
  ...credentialsRefused('an invalid session, with another status', force(403, 'INVALID_SESSION_ID'), 1),
  ...['INSUFFICIENT_ACCESS_OR_READONLY', 'API_DISABLED_FOR_ORG'].flatMap((name) =>
    refused(name, force(403, name), 'permission_denied'),
  ),
  ...refused('a missing right, with 400', force(400, 'INSUFFICIENT_ACCESS_OR_READONLY'), 'permission_denied'),
  ...refused('NOT_FOUND', force(404, 'NOT_FOUND'), 'not_found'),
  ...refused('a deleted record', force(404, 'ENTITY_IS_DELETED'), 'not_found'),
  ...['UNABLE_TO_LOCK_ROW', 'ENTITY_IS_LOCKED', 'DUPLICATES_DETECTED', 'DELETE_FAILED'].flatMap((name) =>
    refused(name, force(400, name, '?', { duplicateResult: { errorMessage: '?' } }), 'conflict'),
  ),
  ...refused('a record that changed', force(412, 'ENTITY_MODIFIED_SINCE_LAST_READ'), 'conflict'),
  ...refused(
    'an external ID of several records',
    {
      status: 300,
      body: ['/services/data/v68.0/sobjects/Account/?', '/services/data/v68.0/sobjects/Account/?'],
    },
    'conflict',
  ),
  ...refused(
    'a value that is taken',
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
    'missing fields',
    force(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [?]', { fields: ['Thing', '?'] }),
    'rejected_by_provider',
    [missing('thing'), missing('')],
  ),
  ...refused(
    'a rule of the organisation',
    force(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '?', { fields: ['?'] }),
    'rejected_by_provider',
    [invalid('')],
  ),
  ...refused(
    'a failed action',
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
  ...limited('a used up day', force(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit ? exceeded.'), HOUR),
  ...limited('another limit', force(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn ?')),
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
    'refused credentials, with another status',
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
    'a value that is taken',
    hub(409, { category: 'CONFLICT', errors: [{ code: 'DUPLICATE_VALUE', in: 'thing', message: '?' }] }),
    'conflict',
    [taken('thing')],
  ),
  ...refused('records that are locked', hub(423, {}), 'conflict'),
  ...refused(
    'properties in the message',
    hub(400, {
      category: 'VALIDATION_ERROR',
      message:
        'Property values were not valid: [{"message":"?","error":"PROPERTY_DOESNT_EXIST","name":"?"},{"error":"?","name":"thing"}]',
    }),
    'rejected_by_provider',
    [unknownField(''), invalid('thing')],
  ),
  ...refused(
    'properties in a list',
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
  ...limited('a used up day', hub(429, policy('DAILY')), HOUR),
  ...limited('a used up second', hub(429, policy('SECONDLY')), 1, 3),
  ...limited('a burst', hub(429, policy('TEN_SECONDLY_ROLLING')), 10),
  ...limited(
    'a burst with its window',
    hub(429, policy('TEN_SECONDLY_ROLLING'), { 'x-hubspot-ratelimit-interval-milliseconds': '30000' }),
    30,
  ),
  ...limited('a policy that is new', hub(429, policy('?'))),
  ...limited('a migration', hub(477, {}, { 'retry-after': '86400' }), 86_400),
  ...limited('a migration without a time', hub(477, {})),
  ...failed('a fault in front of HubSpot', html(524), 1),
];

/** This connector has no error table, so its error names have no meaning. */
const ACME: Case[] = [
  ...refused(
    'names that other providers have',
    {
      status: 422,
      body: { ok: false, error: 'ratelimited', category: 'CONFLICT', errors: [{ field: 'thing' }] },
    },
    'rejected_by_provider',
  ),
  ...refused(
    'a 403 with a waiting time',
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
