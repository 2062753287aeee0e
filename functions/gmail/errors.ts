import {
  errorRules,
  type FaultPattern,
  faultsInText,
  lenientList,
  maybeText,
  type ProviderErrors,
  type ProviderFault,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

const Violation = z.object({ field: maybeText, description: maybeText });
const GoogleError = z.object({
  error: z.object({
    status: maybeText,
    message: maybeText,
    errors: lenientList(z.object({ reason: maybeText })),
    details: lenientList(
      z.object({ reason: maybeText, retryDelay: maybeText, fieldViolations: lenientList(Violation) }),
    ),
  }),
});

const RETRY_AFTER = /Retry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)/;
// https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
const RETRY_DELAY = /^(\d{1,6}(?:\.\d{1,9})?)s$/;
// With the scope `gmail.metadata`, Gmail forbids searches and contents, even if the account has also granted broader
// scopes:
// https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list
const METADATA_SCOPE = /^Metadata scope /;
// The daily limit ends at midnight Pacific time, which may be many hours away. An hourly retry is enough.
const DAILY_LIMIT_WAIT_SECONDS = 3_600;
const FAULTS_IN_TEXT: readonly FaultPattern[] = [
  [/Unknown name "(\w{1,80})/, 'unknown_field'],
  [/Missing required field:? (\w{1,80})/, 'missing'],
];

/**
 * https://developers.google.com/workspace/gmail/api/guides/handle-errors and
 * https://docs.cloud.google.com/apis/design/errors
 */
export const gmailErrors: ProviderErrors = {
  reason: reasonOf,

  retryAfterSeconds(answer) {
    if (reasonOf(answer) === 'dailyLimitExceeded') return DAILY_LIMIT_WAIT_SECONDS;
    const { message = '', details = [] } = GoogleError.safeParse(answer.body).data?.error ?? {};
    const delays = details.flatMap(({ retryDelay = '' }) => RETRY_DELAY.exec(retryDelay)?.[1] ?? []);
    if (delays[0] !== undefined) return Number(delays[0]);
    return (Date.parse(RETRY_AFTER.exec(message)?.[1] ?? '') - Date.now()) / 1000;
  },

  faults: ({ body }) =>
    (GoogleError.safeParse(body).data?.error.details ?? []).flatMap(({ fieldViolations }) =>
      fieldViolations.flatMap(faultsOf),
    ),

  // The reason `required` has no rule. Gmail uses it for missing credentials and for missing fields, so the status
  // decides.
  rules: errorRules([
    // This page defines the reasons in capitals:
    // https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto
    [
      'credentials_refused',
      [
        'authError',
        'UNAUTHENTICATED',
        'ACCESS_TOKEN_EXPIRED',
        'ACCOUNT_STATE_INVALID',
        // These limits apply to calls without credentials.
        'dailyLimitExceededUnreg',
        'rateLimitExceededUnreg',
        'userRateLimitExceededUnreg',
      ],
    ],
    [
      'not_configured',
      ['metadataScope'],
      'The scope gmail.metadata of this account forbids searches and contents, even if broader scopes are granted. Report to the operator of the tool that the connection must not request this scope.',
    ],
    ['scope_missing', ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']],
    [
      'permission_denied',
      [
        'domainPolicy',
        'ORG_RESTRICTION_VIOLATION',
        'SECURITY_POLICY_VIOLATED',
        'LOCATION_ORG_POLICY_VIOLATED',
      ],
      "The user's organisation does not allow this. Ask its Google Workspace administrator.",
    ],
    [
      'permission_denied',
      ['accountDeleted', 'accountDisabled', 'accountUnverified'],
      'Google refuses this account, because it is closed or not verified. Ask the user.',
    ],
    ['permission_denied', ['forbidden', 'PERMISSION_DENIED']],
    [
      'not_found',
      ['notFound', 'NOT_FOUND'],
      'Gmail has no such thing in this mailbox. Check the IDs in the input.',
    ],
    [
      'conflict',
      ['duplicate', 'alreadyExists', 'ALREADY_EXISTS'],
      'Gmail has one with this name or address already. Read those that exist, and use or change that one.',
    ],
    ['conflict', ['aborted', 'conflict', 'conditionNotMet', 'ABORTED']],
    [
      'conflict',
      ['failedPrecondition', 'FAILED_PRECONDITION'],
      'The state of this mailbox does not allow it: Gmail may be turned off for the account, or the feature may not be allowed. Ask the user.',
    ],
    [
      'rejected_by_provider',
      [
        'badRequest',
        'invalid',
        'invalidArgument',
        'invalidParameter',
        'parseError',
        'INVALID_ARGUMENT',
        'OUT_OF_RANGE',
      ],
    ],
    [
      'rejected_by_provider',
      ['responseTooLarge'],
      'The response would be too large for Gmail. Request less at once.',
    ],
    ['rejected_by_provider', ['uploadTooLarge'], 'The message is too large for Gmail. Make it smaller.'],
    [
      'rate_limited',
      ['dailyLimitExceeded'],
      "The day's calls to Gmail are used up. They are renewed at midnight Pacific time; inform the user.",
    ],
    [
      'rate_limited',
      [
        'rateLimitExceeded',
        'userRateLimitExceeded',
        'concurrentLimitExceeded',
        'limitExceeded',
        'quotaExceeded',
        'servingLimitExceeded',
        'variableTermLimitExceeded',
        'RATE_LIMIT_EXCEEDED',
        'RESOURCE_EXHAUSTED',
      ],
    ],
    [
      'not_configured',
      [
        'accessNotConfigured',
        'SERVICE_DISABLED',
        'CONSUMER_INVALID',
        'CONSUMER_SUSPENDED',
        'USER_PROJECT_DENIED',
        'BILLING_DISABLED',
      ],
      'The Gmail API is not enabled, or not usable, in the Google Cloud project. Report this to the operator of the tool.',
    ],
    [
      'provider_unavailable',
      ['backendError', 'internalError', 'DEADLINE_EXCEEDED', 'INTERNAL', 'UNAVAILABLE', 'UNKNOWN'],
    ],
  ]),
};

/**
 * Returns the reason of an error. Older responses have the reason in `errors`, newer responses have it in `details`,
 * and some responses have only a status.
 */
function reasonOf({ status, body }: Parameters<ProviderErrors['reason']>[0]): string | undefined {
  const error = status < 400 ? undefined : GoogleError.safeParse(body).data?.error;
  if (error?.message && METADATA_SCOPE.test(error.message)) return 'metadataScope';
  const detailed = error?.details.find(({ reason }) => reason !== undefined);
  return error?.errors[0]?.reason ?? detailed?.reason ?? error?.status;
}

function faultsOf({ field, description = '' }: z.output<typeof Violation>): ProviderFault[] {
  const named = faultsInText(description, FAULTS_IN_TEXT);
  return named.length > 0 || field === undefined ? named : [{ field, fault: 'invalid' }];
}
