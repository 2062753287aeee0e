import type { ErrorCode } from '../errors/error-codes.ts';

/** A provider's response, as input for an error table. */
export interface ProviderAnswer {
  /** The HTTP status. */
  status: number;
  /** The headers, with names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The parsed JSON; undefined if the body is not JSON. */
  body: unknown;
}

/** The codes that a provider's error can have. */
type ProviderErrorCode = Extract<
  ErrorCode,
  | 'invalid_input'
  | 'permission_denied'
  | 'not_found'
  | 'conflict'
  | 'rejected_by_provider'
  | 'rate_limited'
  | 'not_configured'
  | 'provider_unavailable'
>;

/** The meaning of one of a provider's errors. */
export interface ProviderErrorRule {
  /**
   * The {@link ErrorCode} for the agent, or one of two special values:
   * - `credentials_refused`: the user must connect the account again.
   * - `scope_missing`: the account lacks a scope. The agent gets `permission_denied`, with the tool's scopes and a new
   * consent link.
   */
  code: ProviderErrorCode | 'credentials_refused' | 'scope_missing';
  /** The next step, if the code's default message is too general. It must not contain data from the response. */
  message?: string;
}

/** The possible faults in a value, with the text for the agent. */
export const FAULT_ISSUES = {
  missing: 'is required by the provider',
  invalid: 'is not a value that the provider accepts',
  taken: 'is already taken at the provider',
  too_long: 'is too long for the provider',
  unknown_field: 'is not known to the provider',
  not_found: 'names something that the provider does not have',
} as const;

/** A value that the provider rejects. */
export interface ProviderFault {
  /**
   * The provider's name of the field. The agent sees it only if the tool's input has this field or the request
   * contained it.
   */
  field?: string | undefined;
  /** The type of fault. The agent gets the text for this type. */
  fault: keyof typeof FAULT_ISSUES;
  /**
   * A text that is more precise than the default text. It contains only words that we have written, and numbers from
   * the response.
   */
  issue?: string | undefined;
}

/**
 * The error format of a provider. The functions get responses that may contain anything, so they must not rely on the
 * content.
 */
export interface ProviderErrors {
  /** Returns the provider's error name, or undefined if the response is not an error. */
  reason(answer: ProviderAnswer): string | undefined;
  /** The rule for each error name. For a name without a rule, the HTTP status decides. */
  rules: Readonly<Record<string, ProviderErrorRule>>;
  /**
   * Returns the seconds to wait. Needed only if the provider does not send them in `retry-after`. Returns NaN if the
   * response does not contain them.
   */
  retryAfterSeconds?(answer: ProviderAnswer): number | undefined;
  /** Returns the values that the provider rejects, if the response names them. */
  faults?(answer: ProviderAnswer): ProviderFault[];
}

/** An error format in which only the HTTP status decides. */
export const defaultProviderErrors: ProviderErrors = { reason: () => undefined, rules: {} };

// The rules for a response without an error name, or with a name that has no rule.
const RULES_BY_STATUS: Readonly<Record<number, ProviderErrorRule>> = {
  401: { code: 'credentials_refused' },
  403: { code: 'permission_denied' },
  404: { code: 'not_found' },
  409: { code: 'conflict' },
  410: { code: 'not_found' },
  412: { code: 'conflict' },
  423: { code: 'conflict' },
  429: { code: 'rate_limited' },
};

export interface ProviderRefusal extends ProviderErrorRule {
  /** True if there is a rule for the provider's error name, so that we know the cause. */
  recognised: boolean;
}

type Overrides = Readonly<Record<string | number, ProviderErrorRule>>;

/**
 * Returns the meaning of an error response. Returns undefined for a success, and for a 3xx or 5xx status without a
 * rule.
 * @param overrides the rules of this request, by the provider's error name or by HTTP status. They take precedence
 * over `errors`
 */
export function refusalOf(
  answer: ProviderAnswer,
  errors: ProviderErrors,
  overrides: Overrides = {},
): ProviderRefusal | undefined {
  const reason = errors.reason(answer);
  const byReason = lookUp(overrides, reason);
  // A response with a 2xx status can still contain an error in its body. The status then says nothing about this
  // error.
  const byStatus = answer.status >= 300 ? lookUp(overrides, answer.status) : undefined;
  const byTable = lookUp(errors.rules, reason);
  const recognised = Boolean(byReason ?? byTable);
  const rule = byReason ?? byStatus ?? byTable;
  if (rule) return { ...rule, recognised };
  if (answer.status >= 400 && answer.status < 500) {
    return { ...(RULES_BY_STATUS[answer.status] ?? { code: 'rejected_by_provider' }), recognised };
  }
  if (reason !== undefined && answer.status < 300) return { code: 'rejected_by_provider', recognised };
  return undefined;
}

function lookUp(rules: Overrides, key: string | number | undefined): ProviderErrorRule | undefined {
  return key !== undefined && Object.hasOwn(rules, key) ? rules[key] : undefined;
}
