import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refusalOf } from '../../../lib/provider/provider-errors.ts';
import { answer, testHostileAnswers, verdictOf, waitOf } from '../../../test/support/provider-answers.ts';
import { githubErrors } from '../errors.ts';

const NOW_SECONDS = 1_763_802_000;

/** An error body in GitHub's format. */
const body = (message: string, more: object = {}) => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
  ...more,
});
const usedUp = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_SECONDS + 1_800) };
const scopes = (accepted: string, granted: string) => ({
  'x-accepted-oauth-scopes': accepted,
  'x-oauth-scopes': granted,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_SECONDS * 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the error table', () => {
  const DENIED = 'permission_denied, recognised';
  const SCOPE = 'scope_missing, recognised';
  const LIMITED = 'rate_limited, recognised';
  const primary = body('API rate limit exceeded for user ID 1234567. If you reach out to GitHub Support …');
  const secondary = body('You have exceeded a secondary rate limit. Please wait a few minutes …');

  test.each([
    ['a primary rate limit', answer(403, primary, usedUp), LIMITED],
    ['a primary rate limit with status 429', answer(429, primary, usedUp), LIMITED],
    ['a primary rate limit without headers', answer(403, primary), LIMITED],
    ['a primary rate limit without a body', answer(403, undefined, usedUp), LIMITED],
    [
      'a primary rate limit and a missing scope',
      answer(403, primary, { ...usedUp, ...scopes('repo', '') }),
      LIMITED,
    ],
    [
      'a primary rate limit with an unknown message and a missing scope',
      answer(403, body('New words.'), { ...usedUp, ...scopes('repo', '') }),
      LIMITED,
    ],
    [
      'a secondary rate limit',
      answer(403, secondary, { 'retry-after': '60', 'x-ratelimit-remaining': '4984' }),
      LIMITED,
    ],
    ['a secondary rate limit with status 429', answer(429, secondary), LIMITED],
    ['a secondary rate limit without a body', answer(403, undefined, { 'retry-after': '60' }), LIMITED],
    [
      'a secondary rate limit with its older message',
      answer(403, body('You have triggered an abuse detection mechanism.')),
      LIMITED,
    ],
    ['status 429 without a body', answer(429), 'rate_limited'],
    ['invalid credentials', answer(401, body('Bad credentials')), 'credentials_refused'],
    [
      'a missing permission',
      answer(403, body('Must have push access to repository'), {
        'x-accepted-github-permissions': 'administration=read',
      }),
      DENIED,
    ],
    ['a missing right', answer(403, body('Must have admin rights to Repository.')), DENIED],
    [
      'a resource that an app may not see',
      answer(403, body('Resource not accessible by integration')),
      DENIED,
    ],
    [
      'a resource that a token may not see',
      answer(403, body('Resource not accessible by personal access token')),
      DENIED,
    ],
    [
      'a missing right when no calls remain',
      answer(403, body('Must have push access to repository'), usedUp),
      DENIED,
    ],
    [
      'a required SAML sign-on with a message',
      answer(403, body('Resource protected by organization SAML enforcement.'), {
        'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=AZSCK',
      }),
      DENIED,
    ],
    [
      'a required SAML sign-on without a body',
      answer(403, undefined, { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' }),
      DENIED,
    ],
    [
      'a header about other organisations with SAML sign-on',
      answer(403, undefined, { 'x-github-sso': 'partial-results; organizations=21955855' }),
      'permission_denied',
    ],
    [
      'an app that is not approved',
      answer(
        403,
        body(
          'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions',
        ),
      ),
      DENIED,
    ],
    [
      'status 403 with another message from GitHub',
      answer(403, body('Upgrade to GitHub Pro to enable this feature.')),
      DENIED,
    ],
    ['status 403 with an HTML page', answer(403, '<html>'), 'permission_denied'],
    [
      'an archived repository',
      answer(403, body('Repository was archived so is read-only.')),
      'conflict, recognised',
    ],
    [
      'an archived repository and a missing scope',
      answer(403, body('Repository was archived so is read-only.'), scopes('repo', '')),
      'conflict, recognised',
    ],
    [
      'a missing scope',
      answer(403, body('Must have admin rights to Repository.'), scopes('delete_repo', 'repo, user')),
      SCOPE,
    ],
    ['a token without any scope', answer(403, body('Forbidden'), scopes('repo', '')), SCOPE],
    [
      'a token with one of the accepted scopes',
      answer(403, body('Must have admin rights to Repository.'), scopes('admin:org,repo', 'user, repo')),
      DENIED,
    ],
    ['an empty list of accepted scopes', answer(403, body('Forbidden'), scopes('', 'repo')), DENIED],
    [
      'a type of token that has no scopes',
      answer(403, body('Forbidden'), { 'x-accepted-oauth-scopes': 'repo' }),
      DENIED,
    ],
    [
      'an unknown object and a missing scope',
      answer(404, body('Not Found'), scopes('repo', 'user')),
      'not_found, recognised',
    ],
    ['an unknown object', answer(404, body('Not Found')), 'not_found, recognised'],
    ['status 404 from a proxy', answer(404, { message: 'Not Found' }), 'not_found'],
    [
      'a renamed repository',
      answer(301, body('Moved Permanently'), { location: 'https://api.github.com/repositories/1296269' }),
      'not_found, recognised',
    ],
    ['a write to a renamed repository', answer(307, body('Temporary Redirect')), 'not_found, recognised'],
    [
      'a redirect to another host',
      answer(302, undefined, { location: 'https://example.com', 'x-github-request-id': 'A1' }),
      undefined,
    ],
    ['an unchanged object', answer(304, undefined, { 'x-github-request-id': 'A1' }), undefined],
    ['a result that is still being computed', answer(202, {}), undefined],
    ['malformed JSON', answer(400, body('Problems parsing JSON')), 'rejected_by_provider, recognised'],
    [
      'a pull request that cannot be merged',
      answer(405, body('Pull Request is not mergeable')),
      'conflict, recognised',
    ],
    [
      'a head branch that has moved',
      answer(409, body('Head branch was modified. Review and try the merge again.')),
      'conflict, recognised',
    ],
    [
      'a repository whose issues are turned off',
      answer(410, body('Issues has been disabled in this repository.')),
      'not_found, recognised',
    ],
    ['a failed validation', answer(422, body('Validation Failed')), 'rejected_by_provider, recognised'],
    [
      'a blocked repository',
      answer(451, { message: 'Repository access blocked', block: { reason: 'dmca' } }),
      'rejected_by_provider, recognised',
    ],
    [
      'status 410 without a body',
      answer(410, undefined, { 'x-github-request-id': 'A1' }),
      'not_found, recognised',
    ],
    ['a server error', answer(502, body('Server Error')), undefined],
    ['a server error that mentions a limit', answer(500, secondary, usedUp), undefined],
    [
      'a rejected value with a message that quotes a limit',
      answer(422, secondary),
      'rejected_by_provider, recognised',
    ],
  ])('returns “$2” for %s', (_, given, verdict) => {
    expect(verdictOf(given, githubErrors)).toBe(verdict);
  });

  // https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
  test.each([
    ['NOT_FOUND', "Could not resolve to a Repository with the name 'a/b'.", 'not_found, recognised'],
    ['FORBIDDEN', 'Resource not accessible by integration', DENIED],
    ['FORBIDDEN', 'Resource protected by organization SAML enforcement. You must grant …', DENIED],
    ['FORBIDDEN', 'New words.', DENIED],
    ['INSUFFICIENT_SCOPES', 'Your token has not been granted the required scopes …', SCOPE],
    ['RATE_LIMIT', 'API rate limit already exceeded for user ID 1234567.', LIMITED],
    ['RATE_LIMITED', 'API rate limit exceeded for user ID 1234567.', LIMITED],
    ['MAX_NODE_LIMIT_EXCEEDED', 'This query requests up to 5,000,000 …', 'rejected_by_provider, recognised'],
    [undefined, "Field 'x' doesn't exist on type 'Query'", 'rejected_by_provider, recognised'],
    [undefined, 'Something went wrong while executing your query. …', 'provider_unavailable, recognised'],
  ])('classifies a GraphQL error of type %s with the message “%s” as: %s', (type, message, verdict) => {
    const errors = [{ type, message, path: ['repository'], locations: [{ line: 1, column: 2 }] }];

    for (const data of [{}, { data: null }, { data: { repository: null } }]) {
      expect(verdictOf(answer(200, { ...data, errors }), githubErrors)).toBe(verdict);
    }
    const written = { data: { addComment: { subject: null } }, errors };
    expect(refusalOf(answer(200, written), githubErrors)).toBeUndefined();
    const below = errors.map((error) => ({ ...error, path: ['addComment', 'subject', 'author'] }));
    expect(refusalOf(answer(200, { data: null, errors: below }), githubErrors)).toBeUndefined();
  });

  test('does not treat a list of errors in a REST response as a GraphQL error', () => {
    // https://docs.github.com/en/rest/repos/repos#list-codeowners-errors
    const errors = [
      { line: 3, kind: 'Invalid pattern', message: 'Invalid pattern …', path: '.github/CODEOWNERS' },
    ];

    expect(refusalOf(answer(200, { errors }), githubErrors)).toBeUndefined();
  });

  test('says in the message about a missing object that the object may be private', () => {
    expect(refusalOf(answer(404, body('Not Found')), githubErrors)?.message).toContain('it is private');
  });
});

describe('the number of seconds until the next attempt', () => {
  test.each([
    ['the header retry-after and a time of the reset', { ...usedUp, 'retry-after': '17' }, 17],
    ['no remaining calls and a time of the reset', usedUp, 1_800],
    ['remaining calls and a time of the reset', { ...usedUp, 'x-ratelimit-remaining': '4984' }, undefined],
    ['a reset in the past', { ...usedUp, 'x-ratelimit-reset': String(NOW_SECONDS - 5_000) }, 1],
    ['a reset very far in the future', { ...usedUp, 'x-ratelimit-reset': '9'.repeat(400) }, 86_400],
    ['an invalid time of the reset', { ...usedUp, 'x-ratelimit-reset': 'tomorrow' }, undefined],
    ['an empty time of the reset', { ...usedUp, 'x-ratelimit-reset': '' }, undefined],
    ['no remaining calls and no time of the reset', { 'x-ratelimit-remaining': '0' }, undefined],
    ['no headers', {}, undefined],
  ])('is $2 for a response with %s', (_, headers, seconds) => {
    expect(waitOf(answer(403, undefined, headers), githubErrors)).toBe(seconds);
  });
});

describe('the list of rejected fields', () => {
  const invalid = (errors: unknown) => answer(422, body('Validation Failed', { errors }));

  test.each([
    [
      'a missing field',
      invalid([{ resource: 'Issue', field: 'title', code: 'missing_field' }]),
      [{ field: 'title', fault: 'missing' }],
    ],
    [
      'a malformed field',
      invalid([{ resource: 'Issue', field: 'state', code: 'invalid' }]),
      [{ field: 'state', fault: 'invalid' }],
    ],
    [
      'an existing value of a unique field',
      invalid([{ resource: 'Label', field: 'name', code: 'already_exists' }]),
      [{ field: 'name', fault: 'taken' }],
    ],
    [
      'a value that does not exist',
      invalid([{ resource: 'Issue', field: 'milestone', code: 'missing' }]),
      [{ field: 'milestone', fault: 'not_found' }],
    ],
    [
      'a field with an unknown code',
      invalid([{ resource: 'Release', field: 'tag_name', code: 'brand_new' }]),
      [{ field: 'tag_name', fault: 'invalid' }],
    ],
    [
      "a field whose code is the name of an object's property",
      invalid([{ field: 'title', code: 'constructor' }]),
      [{ field: 'title', fault: 'invalid' }],
    ],
    [
      'an error that names no field but contains a sentence',
      invalid([
        { resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for ada:main.' },
      ]),
      [{ field: undefined, fault: 'taken' }],
    ],
    [
      'errors that are plain texts',
      invalid(['Could not resolve to a node']),
      [{ field: undefined, fault: 'invalid' }],
    ],
    [
      'a message about a field of a wrong type',
      answer(422, body('Invalid request.\n\nInvalid property /labels: "bug" is not of type `array`.')),
      [{ field: 'labels', fault: 'invalid' }],
    ],
    [
      'a message about a missing field',
      answer(422, body('Invalid request.\n\n"title" wasn\'t supplied.')),
      [{ field: 'title', fault: 'missing' }],
    ],
    ['an error that names no field (the list is empty)', answer(422, body('Validation Failed')), []],
    [
      'status 403 (the list is empty)',
      answer(403, body('Forbidden', { errors: [{ field: 'title', code: 'invalid' }] })),
      [],
    ],
    [
      'errors of wrong types',
      invalid([null, 7, [], { field: 7, code: {} }]),
      [{ field: undefined, fault: 'invalid' }],
    ],
  ])('is correct for a response with %s', (_, given, faults) => {
    expect(githubErrors.faults?.(given)).toEqual(faults);
  });

  test('contains at most the first 20 fields', () => {
    const errors = Array.from({ length: 100_000 }, (_, index) => ({ field: `f${index}`, code: 'invalid' }));

    expect(githubErrors.faults?.(invalid(errors)).map(({ field }) => field)).toEqual(
      errors.slice(0, 20).map(({ field }) => field),
    );
  });
});

testHostileAnswers(githubErrors);
