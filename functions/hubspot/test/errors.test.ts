import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../lib/provider/provider-errors.ts';
import { answer, testHostileAnswers, verdictOf, waitOf } from '../../../test/support/provider-answers.ts';
import { hubspotErrors } from '../errors.ts';

/** An error body in HubSpot's format. */
const body = (more: object) => ({
  status: 'error',
  message: 'A sentence.',
  correlationId: '87795a28-3da1-4f1f-8a0e-5f0e2b5f4a01',
  ...more,
});
const limit = (policyName: string, headers: Record<string, string> = {}) =>
  answer(429, body({ errorType: 'RATE_LIMIT', policyName }), headers);
const interval = (value: string) => ({ 'x-hubspot-ratelimit-interval-milliseconds': value });

describe('the error table', () => {
  test.each([
    ['a limit for ten seconds', limit('TEN_SECONDLY_ROLLING'), 'rate_limited, recognised'],
    ['a limit for one second', limit('SECONDLY'), 'rate_limited, recognised'],
    ['a limit for a day', limit('DAILY'), 'rate_limited, recognised'],
    ['a limit with an unknown policy', limit('HOURLY'), 'rate_limited'],
    [
      'a limit with only a category',
      answer(429, body({ category: 'RATE_LIMITS' })),
      'rate_limited, recognised',
    ],
    [
      'a limit with only an error type',
      answer(429, body({ errorType: 'RATE_LIMIT' })),
      'rate_limited, recognised',
    ],
    ['a limit without a body', answer(429), 'rate_limited'],
    [
      'a wrong value',
      answer(400, body({ category: 'VALIDATION_ERROR' })),
      'rejected_by_provider, recognised',
    ],
    [
      'an expired token',
      answer(401, body({ category: 'EXPIRED_AUTHENTICATION' })),
      'credentials_refused, recognised',
    ],
    [
      'a wrong token',
      answer(401, body({ category: 'INVALID_AUTHENTICATION' })),
      'credentials_refused, recognised',
    ],
    [
      'a wrong token with status 403',
      answer(403, body({ category: 'INVALID_AUTHENTICATION' })),
      'credentials_refused, recognised',
    ],
    ['a missing scope', answer(403, body({ category: 'MISSING_SCOPES' })), 'scope_missing, recognised'],
    ['a missing permission', answer(403, body({ category: 'FORBIDDEN' })), 'permission_denied, recognised'],
    ['a banned account', answer(403, body({ category: 'BANNED' })), 'permission_denied, recognised'],
    ['an unknown category', answer(403, body({ category: 'BRAND_NEW' })), 'permission_denied'],
    ['an unknown record', answer(404, body({ category: 'OBJECT_NOT_FOUND' })), 'not_found, recognised'],
    ['an unknown path', answer(404, '<html>'), 'not_found'],
    [
      'an existing value of a unique property',
      answer(409, body({ category: 'CONFLICT' })),
      'conflict, recognised',
    ],
    ['an existing record', answer(409, body({ category: 'OBJECT_ALREADY_EXISTS' })), 'conflict, recognised'],
    ['an unsupported content type', answer(415, ''), 'rejected_by_provider'],
    ['a locked record', answer(423, body({ message: 'Locked' })), 'conflict, recognised'],
    [
      'an account that HubSpot is migrating',
      answer(477, body({ message: 'Migration in progress' }), { 'retry-after': '86400' }),
      'rate_limited, recognised',
    ],
    [
      'an account that HubSpot is migrating, in a response without a body',
      answer(477),
      'rate_limited, recognised',
    ],
    [
      'a batch in which some records failed',
      answer(207, {
        status: 'COMPLETE',
        numErrors: 1,
        category: 'CONFLICT',
        errors: [{ category: 'OBJECT_NOT_FOUND' }],
      }),
      undefined,
    ],
    ['a successful response with a category', answer(200, { category: 'HUBSPOT_DEFINED' }), undefined],
    ['a server error of HubSpot', answer(502, body({ message: 'internal error' })), undefined],
    ['a server error of a proxy in front of HubSpot', answer(524, '<html>'), undefined],
  ])('returns “$2” for %s', (_, given, verdict) => {
    expect(verdictOf(given, hubspotErrors)).toBe(verdict);
  });

  test('reads the policy name before the category, and the category before the error type', () => {
    const day = answer(429, body({ category: 'RATE_LIMITS', policyName: 'DAILY', errorType: 'RATE_LIMIT' }));
    const forbidden = answer(403, body({ category: 'FORBIDDEN', errorType: 'RATE_LIMIT' }));

    expect([day, forbidden].map((given) => hubspotErrors.reason(given))).toEqual(['DAILY', 'FORBIDDEN']);
  });

  test.each([
    [423, 'Try again in a few seconds'],
    [477, 'retry_after_seconds'],
  ])('says in the message for status %i when to retry', (status, words) => {
    expect(refusalOf(answer(status), hubspotErrors)?.message).toContain(words);
  });
});

test.each([
  ['the limit for one second', limit('SECONDLY'), 1],
  ['the limit for ten seconds', limit('TEN_SECONDLY_ROLLING'), 10],
  ['a limit whose header says 4.5 seconds', limit('TEN_SECONDLY_ROLLING', interval('4500')), 5],
  ['a limit for ten seconds with an invalid header', limit('TEN_SECONDLY_ROLLING', interval('soon')), 10],
  [
    'a limit whose header says very many seconds',
    limit('TEN_SECONDLY_ROLLING', interval('9'.repeat(400))),
    86_400,
  ],
  ['a limit whose header says a negative time', limit('TEN_SECONDLY_ROLLING', interval('-5')), 1],
  ['the daily limit', limit('DAILY', interval('10000')), 3_600],
  ['a limit with an unknown policy', limit('HOURLY'), undefined],
  ["a policy with the name of an object's property", limit('constructor'), undefined],
  ['a response without a body', answer(429), undefined],
])('the number of seconds until the next attempt is $2 for %s', (_, given, seconds) => {
  expect(waitOf(given, hubspotErrors)).toBe(seconds);
});

describe('the list of rejected fields', () => {
  const validation = (more: object) => answer(400, body({ category: 'VALIDATION_ERROR', ...more }));
  const entry = (more: object) => validation({ errors: [{ message: 'A sentence.', ...more }] });
  const properties = (list: unknown) =>
    validation({ message: `Property values were not valid: ${JSON.stringify(list)}` });

  test.each([
    [
      'a message that names a field',
      properties([
        {
          isValid: false,
          message: 'Property "favourite_colour" does not exist',
          error: 'PROPERTY_DOESNT_EXIST',
          name: 'favourite_colour',
        },
      ]),
      [{ field: 'favourite_colour', fault: 'unknown_field' }],
    ],
    [
      'a message that names several fields',
      properties([
        { name: 'email', error: 'INVALID_EMAIL' },
        { name: 'amount', error: 'INVALID_LONG' },
      ]),
      [
        { field: 'email', fault: 'invalid' },
        { field: 'amount', fault: 'invalid' },
      ],
    ],
    [
      'a context that names a property',
      entry({ code: 'PROPERTY_DOESNT_EXIST', in: 'properties', context: { propertyName: ['colour'] } }),
      [{ field: 'colour', fault: 'unknown_field' }],
    ],
    [
      'a context that lists properties',
      entry({ message: 'Some required properties were not set.', context: { properties: ['hs_timestamp'] } }),
      [{ field: 'hs_timestamp', fault: 'missing' }],
    ],
    [
      'an error whose key `in` names a field',
      entry({ code: 'REQUIRED_FIELD', in: 'name' }),
      [{ field: 'name', fault: 'missing' }],
    ],
    [
      'an existing value of a unique field',
      answer(409, body({ category: 'CONFLICT', errors: [{ code: 'DUPLICATE_VALUE', in: 'email' }] })),
      [{ field: 'email', fault: 'taken' }],
    ],
    [
      'a value that is too long',
      entry({ code: 'VALUE_TOO_LONG', in: 'name' }),
      [{ field: 'name', fault: 'too_long' }],
    ],
    [
      'a value that does not exist',
      entry({ code: 'OWNER_NOT_FOUND', in: 'hubspot_owner_id' }),
      [{ field: 'hubspot_owner_id', fault: 'not_found' }],
    ],
    [
      'an error with an unknown code',
      entry({ code: 'BRAND_NEW', in: 'name' }),
      [{ field: 'name', fault: 'invalid' }],
    ],
    [
      'an invalid search (the list is empty)',
      validation({ message: 'There was a problem with the request.' }),
      [],
    ],
    [
      'a missing scope (the list is empty)',
      answer(
        403,
        body({
          category: 'MISSING_SCOPES',
          errors: [
            {
              message: 'One or more of the following scopes are required.',
              context: { requiredGranularScopes: ['crm.objects.owners.read'] },
            },
          ],
        }),
      ),
      [],
    ],
    [
      'a truncated message (the list is empty)',
      validation({ message: 'Property values were not valid: [{"name":"ema' }),
      [],
    ],
    [
      'a message that contains no list (the list is empty)',
      validation({ message: 'Property values were not valid: {"name":"email"}' }),
      [],
    ],
    [
      'a message of 5 MB (the list is empty)',
      properties([{ name: 'email', error: 'INVALID_EMAIL', message: 'x'.repeat(5_000_000) }]),
      [],
    ],
    [
      'errors of wrong types',
      validation({ errors: [null, 7, { in: 7, code: {}, context: 'x' }] }),
      [{ field: undefined, fault: 'invalid' }],
    ],
  ])('is correct for a response with %s', (_, given, faults) => {
    expect(hubspotErrors.faults?.(given)).toEqual(faults);
  });

  test('contains at most the first 20 fields', () => {
    const list = Array.from({ length: 1_000 }, (_, index) => ({ name: `p${index}`, error: 'INVALID_LONG' }));

    expect(hubspotErrors.faults?.(properties(list)).map(({ field }) => field)).toEqual(
      list.slice(0, 20).map(({ name }) => name),
    );
  });
});

testHostileAnswers(hubspotErrors);
