import {
  errorRules,
  lenientList,
  maybeText,
  type ProviderErrors,
  type ProviderFault,
  parseJson,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

const HubSpotError = z.object({
  category: maybeText,
  subCategory: maybeText,
  policyName: maybeText,
  errorType: maybeText,
  message: maybeText,
  errors: lenientList(
    z.object({
      in: maybeText,
      code: maybeText,
      message: maybeText,
      context: z
        .object({ propertyName: lenientList(z.string()), properties: lenientList(z.string()) })
        .optional()
        .catch(undefined),
    }),
  ),
});

// Some messages end with the invalid properties as a JSON list.
const PROPERTIES_PREFIX = 'Property values were not valid: ';
const PROPERTIES_LENGTH_MAX = 100_000;
const Properties = lenientList(z.object({ name: maybeText, error: maybeText }));

// The user can fix these two validation errors, so each has its own rule below. The text before the dot names
// the API.
const SUBCATEGORY = /\.(INVALID_EMAIL|MEETING_START_TIME_NOT_VALID)$/;

// Errors with these statuses have no name in the body.
const NAMES_BY_STATUS = new Map([
  [423, 'locked'],
  [477, 'migration'],
]);

const BURST_WINDOW_SECONDS = 10;
// The daily limit ends at midnight in the account's time zone. The response does not contain that zone, so an
// hour is a guess.
const DAILY_LIMIT_WAIT_SECONDS = 3_600;

// HubSpot describes a fault with a code or only with a message. These patterns fit both. The first match
// decides.
const FAULTS: readonly (readonly [RegExp, ProviderFault['fault']])[] = [
  [/does(nt|n't|.not).exist/i, 'unknown_field'],
  [/required|missing/i, 'missing'],
  [/duplicate|already|unique/i, 'taken'],
  [/too.long|max.length/i, 'too_long'],
  [/not.found/i, 'not_found'],
];
// Only these statuses report wrong values. Status 403 has the same format, but reports missing scopes.
const STATUSES_OF_FAULTS = [400, 409, 422];

/** https://developers.hubspot.com/docs/api-reference/error-handling */
export const hubspotErrors: ProviderErrors = {
  reason({ status, body }) {
    // A successful response can have the same fields. For example, a batch response with status 207 contains
    // errors.
    if (status < 400) return undefined;
    const { category, subCategory = '', policyName, errorType } = HubSpotError.safeParse(body).data ?? {};
    const [, reason] = SUBCATEGORY.exec(subCategory) ?? [];
    return NAMES_BY_STATUS.get(status) ?? policyName ?? reason ?? category ?? errorType;
  },

  // https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
  retryAfterSeconds({ headers, body }) {
    const intervalMs = Number.parseInt(headers['x-hubspot-ratelimit-interval-milliseconds'] ?? '', 10);
    const secondsByPolicy = new Map<string | undefined, number | undefined>([
      ['SECONDLY', 1],
      ['TEN_SECONDLY_ROLLING', intervalMs / 1000 || BURST_WINDOW_SECONDS],
      ['DAILY', DAILY_LIMIT_WAIT_SECONDS],
    ]);
    return secondsByPolicy.get(HubSpotError.safeParse(body).data?.policyName);
  },

  faults({ status, body }) {
    if (!STATUSES_OF_FAULTS.includes(status)) return [];
    const { errors = [], message = '' } = HubSpotError.safeParse(body).data ?? {};
    return [
      ...errors.map(({ in: place, code, message, context }) => ({
        field: context?.propertyName[0] ?? context?.properties[0] ?? place,
        fault: faultOf(code ?? message),
      })),
      ...propertiesIn(message).map(({ name, error }) => ({ field: name, fault: faultOf(error) })),
    ];
  },

  rules: errorRules([
    ['credentials_refused', ['INVALID_AUTHENTICATION', 'EXPIRED_AUTHENTICATION']],
    ['scope_missing', ['MISSING_SCOPES']],
    [
      'permission_denied',
      ['FORBIDDEN'],
      "The user's permissions, or the subscription of the HubSpot account, do not allow this. Ask its administrator.",
    ],
    ['permission_denied', ['BANNED'], 'HubSpot does not let this account or app in. Ask its administrator.'],
    [
      'not_found',
      ['OBJECT_NOT_FOUND'],
      'HubSpot has no such record, property or list. Check the IDs and names in the input.',
    ],
    [
      'conflict',
      ['CONFLICT', 'OBJECT_ALREADY_EXISTS'],
      'HubSpot has a record with this value already. Search for it, and update it instead.',
    ],
    [
      'conflict',
      ['locked'],
      'Other changes hold these records at the moment, and nothing was changed. Try again in a few seconds.',
    ],
    [
      'rejected_by_provider',
      ['VALIDATION_ERROR'],
      'HubSpot refuses a field, a property or a filter. Use the internal names of properties and values that they allow.',
    ],
    [
      'rejected_by_provider',
      ['INVALID_EMAIL'],
      'HubSpot does not accept this e-mail address: it may be misspelt, or a test address. Ask the user for another one.',
    ],
    [
      'rejected_by_provider',
      ['MEETING_START_TIME_NOT_VALID'],
      'The slot is not free, or has another length. List the slots again, and choose one of them.',
    ],
    [
      'rate_limited',
      ['DAILY'],
      "The HubSpot account's calls of today are used up. They are renewed at midnight in its time zone; tell the user.",
    ],
    [
      'rate_limited',
      ['migration'],
      'HubSpot is moving this account to another data centre. Repeat the call after retry_after_seconds.',
    ],
    ['rate_limited', ['SECONDLY', 'TEN_SECONDLY_ROLLING', 'RATE_LIMITS', 'RATE_LIMIT']],
  ]),
};

function propertiesIn(message: string): z.output<typeof Properties> {
  if (!message.startsWith(PROPERTIES_PREFIX) || message.length > PROPERTIES_LENGTH_MAX) return [];
  return Properties.parse(parseJson(message.slice(PROPERTIES_PREFIX.length)));
}

function faultOf(text = ''): ProviderFault['fault'] {
  return FAULTS.find(([words]) => words.test(text))?.[1] ?? 'invalid';
}
