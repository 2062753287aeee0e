import {
  errorRules,
  type FaultPattern,
  faultsInText,
  lenientList,
  maybeText,
  type ProviderAnswer,
  type ProviderErrors,
  type ProviderFault,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

type Headers = ProviderAnswer['headers'];

const Entry = z.union([
  z.object({ field: maybeText, code: maybeText, message: maybeText }),
  z.string().transform((message) => ({ field: undefined, code: undefined, message })),
]);
const GitHubError = z.object({
  message: maybeText,
  documentation_url: maybeText,
  block: z.object({ reason: maybeText }).optional().catch(undefined),
  errors: lenientList(Entry),
});

// GraphQL errors have a list as their path. An entry with another path is not a GraphQL error.
const GraphQLAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  errors: lenientList(
    z.object({ type: maybeText, message: maybeText, path: z.array(z.unknown()).nullish() }),
  ),
});

const isLimitUsedUp = (headers: Headers) => headers['x-ratelimit-remaining'] === '0';

/**
 * Patterns in the message or headers that identify an error with status 403 or 429. The most certain patterns
 * come first. The pattern for a used-up limit comes last: the headers of the last allowed request also show a
 * used-up limit, although that request may fail for another reason.
 */
const CLUES: readonly (readonly [name: string, matches: (message: string, headers: Headers) => boolean])[] = [
  ['primary_rate_limit', (message) => message.startsWith('API rate limit exceeded')],
  ['secondary_rate_limit', (message) => /secondary rate limit|abuse detection/i.test(message)],
  ['secondary_rate_limit', (_, headers) => headers['retry-after'] !== undefined],
  ['saml_required', (_, headers) => headers['x-github-sso']?.startsWith('required') === true],
  ['saml_required', (message) => message.includes('SAML enforcement')],
  ['app_not_approved', (message) => message.includes('OAuth App access restrictions')],
  ['ip_not_allowed', (message) => message.includes('IP allow list')],
  // GitHub sends some of these errors with status 451 and the others with 403.
  ['blocked', (message) => message.startsWith('Repository access blocked')],
  ['archived', (message) => message.startsWith('Repository was archived')],
  ['locked', (message) => /\bis locked\b/.test(message)],
  ['run_is_running', (message) => /workflow (run )?is already running/i.test(message)],
  ['run_is_too_old', (message) => /workflow run because it was created over a month ago/i.test(message)],
  ['run_is_final', (message) => /workflow run cannot be re(tried|run)/i.test(message)],
  ['scope_missing', (_, headers) => !isLimitUsedUp(headers) && lacksScope(headers)],
  ['not_accessible', (message) => message.startsWith('Resource not accessible')],
  ['rights_missing', (message) => /^Must have .{1,60}\b(access|rights)\b/.test(message)],
  ['primary_rate_limit', (_, headers) => isLimitUsedUp(headers)],
];
/**
 * Patterns in the messages of 422 responses. These messages report a state on GitHub, so the values in the
 * request are not wrong.
 */
const STATES_IN_TEXT: readonly (readonly [name: string, sentence: RegExp])[] = [
  // GitHub starts a review for each reply, but allows only one pending review for each user and pull request.
  ['pending_review', /\bone pending review\b/i],
  ['user_blocked', /^user is blocked\b/i],
  ['interaction_limited', /^interactions on this repository have been restricted\b/i],
  ['secondary_rate_limit', /\bwas submitted too quickly\b/i],
];
// Used only for responses of GitHub itself, because Scalekit's proxy also sends these statuses.
const NAMES_BY_STATUS = new Map([
  [301, 'moved'],
  [307, 'moved'],
  [308, 'moved'],
  [400, 'bad_request'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'not_mergeable'],
  [409, 'conflict'],
  [410, 'gone'],
  [422, 'unprocessable'],
  [451, 'blocked'],
]);

// GitHub does not document these types.
const NAMES_BY_TYPE = new Map([
  ['NOT_FOUND', 'not_found'],
  ['FORBIDDEN', 'forbidden'],
  ['INSUFFICIENT_SCOPES', 'scope_missing'],
  ['RATE_LIMIT', 'primary_rate_limit'],
  ['RATE_LIMITED', 'primary_rate_limit'],
  ['SERVICE_UNAVAILABLE', 'query_failed'],
]);

// https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
const FAULTS = new Map<string | undefined, ProviderFault['fault']>([
  ['missing', 'not_found'],
  ['missing_field', 'missing'],
  ['already_exists', 'taken'],
]);
const FAULTS_IN_TEXT: readonly FaultPattern[] = [
  [/Invalid property \/(\w{1,80})/, 'invalid'],
  [/"(\w{1,80})" wasn't supplied/, 'missing'],
];

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export const githubErrors: ProviderErrors = {
  reason({ status, headers, body }) {
    if (status < 300) return reasonOfGraphQL(body);
    const { message = '', documentation_url, block } = GitHubError.safeParse(body).data ?? {};
    const clue = [403, 429].includes(status) && CLUES.find(([, matches]) => matches(message, headers));
    if (clue) return clue[0];
    const state = status === 422 ? stateIn(body) : undefined;
    if (state !== undefined) return state;
    const isGitHubs = documentation_url ?? block ?? headers['x-github-request-id'];
    return isGitHubs === undefined ? undefined : NAMES_BY_STATUS.get(status);
  },

  // https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
  retryAfterSeconds({ headers }) {
    const resetSeconds = isLimitUsedUp(headers) ? headers['x-ratelimit-reset'] : '';
    return Number.parseInt(resetSeconds ?? '', 10) - Date.now() / 1000;
  },

  faults({ status, body }) {
    if (stateIn(body) !== undefined) return [];
    const { message = '', errors = [] } = (status === 422 && GitHubError.safeParse(body).data) || {};
    return [
      ...errors.map(({ field, code, message }) => ({ field, fault: faultOf(code, message) })),
      ...faultsInText(message, FAULTS_IN_TEXT),
    ];
  },

  rules: errorRules([
    ['rate_limited', ['primary_rate_limit', 'secondary_rate_limit']],
    ['scope_missing', ['scope_missing']],
    [
      'permission_denied',
      ['saml_required'],
      'The organisation asks for SAML single sign-on. Ask the user to authorise the connected app for it in the settings of GitHub.',
    ],
    [
      'permission_denied',
      ['app_not_approved'],
      'The organisation has not approved the connected app. Ask an owner of it to do so.',
    ],
    [
      'permission_denied',
      ['ip_not_allowed'],
      'The organisation lets in only listed IP addresses, and the address of the connection is not one. Ask an owner of the organisation to allow it.',
    ],
    [
      'permission_denied',
      ['user_blocked'],
      'The owner of the repository has blocked the user, who cannot comment there. Nothing in the input is wrong; tell the user.',
    ],
    [
      'permission_denied',
      ['interaction_limited'],
      'The repository takes comments only from some people at the moment, such as earlier contributors. Nothing in the input is wrong; tell the user.',
    ],
    [
      'permission_denied',
      ['not_accessible'],
      'The connection with GitHub is not allowed to do this. Ask the user to give it access to this repository or organisation.',
    ],
    [
      'permission_denied',
      ['rights_missing'],
      'The account has too few rights on this repository or organisation. Ask its owner for push or admin access.',
    ],
    ['permission_denied', ['forbidden']],
    [
      'not_found',
      ['not_found'],
      'GitHub has no such thing, or it is private and the account cannot see it. Check the names in the input, or ask the user for access.',
    ],
    [
      'not_found',
      ['moved'],
      'GitHub has this under another name, since it was renamed or moved. Ask the user for the present name of the repository or branch.',
    ],
    [
      'not_found',
      ['gone'],
      'GitHub no longer has this: it may have expired, or the feature, such as issues, is turned off for the repository.',
    ],
    [
      'conflict',
      ['not_mergeable'],
      'GitHub refuses this in the present state: conflicts, missing reviews or checks, or a way to merge that is turned off. Read it again before another attempt.',
    ],
    [
      'conflict',
      ['conflict'],
      'The branch or file has changed meanwhile, or the repository is empty. Read it again before another attempt.',
    ],
    [
      'conflict',
      ['pending_review'],
      'The user has begun a review of this pull request and not submitted it, so GitHub takes no other comment. Ask the user to submit or discard it, then repeat the call.',
    ],
    ['conflict', ['locked'], 'The conversation is locked. Ask a maintainer of the repository to unlock it.'],
    ['conflict', ['run_is_running'], 'The run is running already. Wait until it has completed.'],
    [
      'conflict',
      ['run_is_too_old'],
      'The run is over 30 days old, and GitHub does not run it again. Ask the user to start the workflow anew.',
    ],
    [
      'conflict',
      ['run_is_final'],
      'GitHub does not run the failed jobs of this run again, for example because its workflow file is broken or changed. Ask the user to start the workflow anew.',
    ],
    ['conflict', ['archived'], 'The repository is archived and can only be read. Choose another one.'],
    [
      'rejected_by_provider',
      ['blocked'],
      'GitHub has blocked this repository, for legal reasons or for a breach of its terms. Choose something else.',
    ],
    ['rejected_by_provider', ['bad_request', 'unprocessable']],
    ['provider_unavailable', ['query_failed']],
  ]),
};

/**
 * Returns the name of a GraphQL error, or undefined if GitHub executed the request. GraphQL reports errors
 * with status 200. If the response has data, a mutation was executed, and the errors concern only a part of
 * the data. If the path of an error has several segments, a mutation may have been executed although its data
 * is missing.
 * https://spec.graphql.org/October2021/#sec-Errors
 */
function reasonOfGraphQL(body: unknown): string | undefined {
  const { data, errors = [] } = GraphQLAnswer.safeParse(body).data ?? {};
  const error = errors.find(({ path }) => (path?.length ?? 0) < 2);
  const hasData = Object.values(data ?? {}).some((field) => field !== null);
  if (!error || hasData) return undefined;
  const { type = '', message = '' } = error;
  const name = NAMES_BY_TYPE.get(type);
  // If a query takes more than ten seconds, GitHub sends the message `Something went wrong`:
  // https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
  if (name === undefined && stateIn({ message })) return stateIn({ message });
  if (name === undefined) return /^Something went wrong/.test(message) ? 'query_failed' : 'unprocessable';
  return (name === 'forbidden' && CLUES.find(([, matches]) => matches(message, {}))?.[0]) || name;
}

/**
 * Returns whether the token lacks a scope: the token has none of the scopes that GitHub accepts. Only tokens
 * of OAuth apps have scopes.
 */
function lacksScope(headers: Headers): boolean {
  const accepted = scopesIn(headers['x-accepted-oauth-scopes'] ?? '');
  const granted = headers['x-oauth-scopes'];
  if (accepted.length === 0 || granted === undefined) return false;
  const has = new Set(scopesIn(granted));
  return !accepted.some((scope) => has.has(scope));
}

function scopesIn(header: string): string[] {
  return header
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/**
 * Returns the name of the state that makes GitHub reject a request. Returns undefined if the body mentions no such
 * state.
 */
function stateIn(body: unknown): string | undefined {
  const { message = '', errors = [] } = GitHubError.safeParse(body).data ?? {};
  const sentences = [message, ...errors.map((entry) => entry.message ?? '')];
  return STATES_IN_TEXT.find(([, sign]) => sentences.some((sentence) => sign.test(sentence)))?.[0];
}

function faultOf(code: string | undefined, message = ''): ProviderFault['fault'] {
  return FAULTS.get(code) ?? (message.includes('already exists') ? 'taken' : 'invalid');
}
