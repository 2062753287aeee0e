import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answer, testHostileAnswers, verdictOf, waitOf } from '../../../test/support/provider-answers.ts';
import { gmailErrors } from '../errors.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 4, 1, 9, 30) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Returns an error in Google's format. If it has no reason, `more` must contain the status or the details. */
function error(code: number, reason?: string, more: object = {}) {
  const errors =
    reason === undefined ? {} : { errors: [{ message: 'A sentence.', domain: 'global', reason }] };
  return answer(code, { error: { code, message: 'A sentence.', ...errors, ...more } });
}
const detailed = (code: number, reason: string) =>
  error(code, undefined, {
    status: 'PERMISSION_DENIED',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.Help' },
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason },
    ],
  });

describe('the error table', () => {
  test.each([
    [400, 'invalidArgument', 'rejected_by_provider'],
    [400, 'badRequest', 'rejected_by_provider'],
    [400, 'invalid', 'rejected_by_provider'],
    [400, 'invalidParameter', 'rejected_by_provider'],
    [400, 'parseError', 'rejected_by_provider'],
    [400, 'failedPrecondition', 'conflict'],
    [412, 'failedPrecondition', 'conflict'],
    [401, 'authError', 'credentials_refused'],
    [403, 'insufficientPermissions', 'scope_missing'],
    [403, 'rateLimitExceeded', 'rate_limited'],
    [403, 'userRateLimitExceeded', 'rate_limited'],
    [403, 'concurrentLimitExceeded', 'rate_limited'],
    [403, 'quotaExceeded', 'rate_limited'],
    [403, 'dailyLimitExceeded', 'rate_limited'],
    [403, 'domainPolicy', 'permission_denied'],
    [403, 'accessNotConfigured', 'not_configured'],
    [403, 'forbidden', 'permission_denied'],
    [404, 'notFound', 'not_found'],
    [409, 'aborted', 'conflict'],
    [409, 'conflict', 'conflict'],
    [409, 'duplicate', 'conflict'],
    [400, 'duplicate', 'conflict'],
    [409, 'alreadyExists', 'conflict'],
    [412, 'conditionNotMet', 'conflict'],
    [413, 'uploadTooLarge', 'rejected_by_provider'],
    [429, 'rateLimitExceeded', 'rate_limited'],
    [429, 'userRateLimitExceeded', 'rate_limited'],
    [500, 'backendError', 'provider_unavailable'],
    [503, 'backendError', 'provider_unavailable'],
    [500, 'internalError', 'provider_unavailable'],
  ])('classifies status %i with the reason %s as %s', (status, reason, code) => {
    expect(verdictOf(error(status, reason), gmailErrors)).toBe(`${code}, recognised`);
  });

  test.each([
    [400, 'INVALID_ARGUMENT', 'rejected_by_provider'],
    [400, 'OUT_OF_RANGE', 'rejected_by_provider'],
    [400, 'FAILED_PRECONDITION', 'conflict'],
    [412, 'FAILED_PRECONDITION', 'conflict'],
    [401, 'UNAUTHENTICATED', 'credentials_refused'],
    [403, 'PERMISSION_DENIED', 'permission_denied'],
    [404, 'NOT_FOUND', 'not_found'],
    [409, 'ALREADY_EXISTS', 'conflict'],
    [409, 'ABORTED', 'conflict'],
    [429, 'RESOURCE_EXHAUSTED', 'rate_limited'],
    [500, 'INTERNAL', 'provider_unavailable'],
    [500, 'UNKNOWN', 'provider_unavailable'],
    [503, 'UNAVAILABLE', 'provider_unavailable'],
    [504, 'DEADLINE_EXCEEDED', 'provider_unavailable'],
  ])('classifies status %i with the status name %s and no reason as %s', (status, name, code) => {
    expect(verdictOf(error(status, undefined, { status: name }), gmailErrors)).toBe(`${code}, recognised`);
  });

  test.each([
    [
      'details about a missing scope',
      detailed(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
      'scope_missing, recognised',
    ],
    [
      'details about an API that is turned off',
      detailed(403, 'SERVICE_DISABLED'),
      'not_configured, recognised',
    ],
    // https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto
    ...['CONSUMER_INVALID', 'CONSUMER_SUSPENDED', 'USER_PROJECT_DENIED', 'BILLING_DISABLED'].map(
      (reason): [string, ReturnType<typeof error>, string] => [
        `details with the reason ${reason}`,
        detailed(403, reason),
        'not_configured, recognised',
      ],
    ),
    ...['ORG_RESTRICTION_VIOLATION', 'SECURITY_POLICY_VIOLATED', 'LOCATION_ORG_POLICY_VIOLATED'].map(
      (reason): [string, ReturnType<typeof error>, string] => [
        `details with the reason ${reason}`,
        detailed(403, reason),
        'permission_denied, recognised',
      ],
    ),
    [
      'details about a closed account',
      detailed(401, 'ACCOUNT_STATE_INVALID'),
      'credentials_refused, recognised',
    ],
    ['details about a rate limit', detailed(429, 'RATE_LIMIT_EXCEEDED'), 'rate_limited, recognised'],
    [
      'details about an expired token',
      detailed(401, 'ACCESS_TOKEN_EXPIRED'),
      'credentials_refused, recognised',
    ],
    [
      'the reason domainPolicy with details that name another reason',
      error(403, 'domainPolicy', { status: 'NOT_FOUND', details: [{ reason: 'SERVICE_DISABLED' }] }),
      'permission_denied, recognised',
    ],
    // https://github.com/dacastro4/laravel-gmail/issues/50, https://github.com/dacastro4/laravel-gmail/issues/90 and
    // https://github.com/googleworkspace/cli/issues/265
    ...[
      error(403, 'forbidden', { message: "Metadata scope does not support 'q' parameter" }),
      error(403, 'forbidden', { message: "Metadata scope doesn't allow format FULL" }),
      error(403, undefined, {
        status: 'PERMISSION_DENIED',
        message: "Metadata scope does not support 'q' parameter",
      }),
    ].map((given): [string, ReturnType<typeof error>, string] => [
      'a token whose scope gmail.metadata does not allow the content of messages',
      given,
      'not_configured, recognised',
    ]),
    // https://developers.google.com/webmaster-tools/v1/errors lists the reasons of Google's older services.
    ...[
      ['dailyLimitExceededUnreg', 'credentials_refused'],
      ['userRateLimitExceededUnreg', 'credentials_refused'],
      ['servingLimitExceeded', 'rate_limited'],
      ['variableTermLimitExceeded', 'rate_limited'],
      ['responseTooLarge', 'rejected_by_provider'],
      ['accountDisabled', 'permission_denied'],
    ].map(([reason, code]): [string, ReturnType<typeof error>, string] => [
      `status 403 with the reason ${reason}`,
      error(403, reason),
      `${code}, recognised`,
    ]),
    ['status 401 with the reason “required”', error(401, 'required'), 'credentials_refused'],
    ['status 400 with the reason “required”', error(400, 'required'), 'rejected_by_provider'],
    ['an unknown reason', error(403, 'brandNew'), 'permission_denied'],
    ['an error without a body', answer(503), undefined],
    ['a successful response that looks like an error', error(200, 'notFound'), undefined],
  ])('returns “$2” for %s', (_, given, verdict) => {
    expect(verdictOf(given, gmailErrors)).toBe(verdict);
  });
});

describe('the number of seconds until the next attempt', () => {
  const limited = (message: string) => error(429, 'userRateLimitExceeded', { message });

  test.each([
    [
      'a retry time half an hour ahead',
      limited('User-rate limit exceeded.  Retry after 2026-05-01T10:00:00.000Z'),
      1_800,
    ],
    [
      'a retry time five seconds ahead, without fractions of a second',
      limited('Retry after 2026-05-01T09:30:05Z (Mail sending)'),
      5,
    ],
    ['a retry time in the past', limited('Retry after 2020-05-01T10:00:00.000Z'), 1],
    ['a retry time in the year 9999', limited('Retry after 9999-12-31T23:59:59.999Z'), 86_400],
    ['an invalid retry time', limited('Retry after 2026-99-99T99:99:99.000Z'), undefined],
    ['a retry time of 5 MB', limited(`Retry after ${'2'.repeat(5_000_000)}`), undefined],
    ['no retry time', limited('Too many concurrent requests for user'), undefined],
    ['no body', answer(429), undefined],
    // https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
    ...[
      ['30s', 30],
      ['1.500s', 2],
      ['soon', undefined],
    ].map(([retryDelay, seconds]): [string, ReturnType<typeof error>, number | undefined] => [
      `the delay “${retryDelay}” in the details`,
      error(429, 'rateLimitExceeded', {
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }],
      }),
      typeof seconds === 'number' ? seconds : undefined,
    ]),
    ['the reason dailyLimitExceeded', error(403, 'dailyLimitExceeded'), 3_600],
  ])('is $2 for a response with %s', (_, given, seconds) => {
    expect(waitOf(given, gmailErrors)).toBe(seconds);
  });
});

describe('the list of rejected fields', () => {
  const violations = (...fieldViolations: unknown[]) =>
    error(400, 'invalid', {
      details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }],
    });

  test.each([
    [
      'a named field',
      violations({ field: 'message.raw', description: 'Not base64.' }),
      [{ field: 'message.raw', fault: 'invalid' }],
    ],
    [
      'an unknown field that only the description names',
      violations({
        description: 'Invalid JSON payload received. Unknown name "subject": Cannot find field.',
      }),
      [{ field: 'subject', fault: 'unknown_field' }],
    ],
    [
      'an unknown field inside a known field',
      violations({
        field: 'message',
        description:
          'Invalid JSON payload received. Unknown name "subject" at \'message\': Cannot find field.',
      }),
      [{ field: 'subject', fault: 'unknown_field' }],
    ],
    [
      'a missing field',
      violations({ field: 'filter', description: 'Missing required field: criteria' }),
      [{ field: 'criteria', fault: 'missing' }],
    ],
    [
      'several fields',
      violations({ field: 'a' }, { field: 'b' }),
      [
        { field: 'a', fault: 'invalid' },
        { field: 'b', fault: 'invalid' },
      ],
    ],
    [
      'a description that names no field (the list is empty)',
      violations({ description: 'Something is wrong.' }),
      [],
    ],
    ['no details (the list is empty)', error(400, 'invalid'), []],
    [
      'details of wrong types',
      violations(null, 7, { field: 7 }, { field: 'c', description: {} }),
      [{ field: 'c', fault: 'invalid' }],
    ],
  ])('is correct for a response with %s', (_, given, faults) => {
    expect(gmailErrors.faults?.(given)).toEqual(faults);
  });

  test('contains at most the first 20 fields', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ field: `f${index}` }));

    expect(gmailErrors.faults?.(violations(...many))).toHaveLength(20);
  });
});

testHostileAnswers(gmailErrors);
