import type { ErrorCode } from '../errors/error-codes.ts';

/** A provider's response, as an error table gets it. */
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
   * The {@link ErrorCode} that the agent gets, or one of two more. `credentials_refused`: the user has to connect the
   * account again. `scope_missing`: the account lacks a scope; the agent gets `permission_denied` with the tool's
   * scopes and a new consent link.
   */
  code: ProviderErrorCode | 'credentials_refused' | 'scope_missing';
  /** The next step, if the code's own message says too little. Never made from the response. */
  message?: string;
}

/** The faults that a value can have, in the words for the agent. */
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
  /** The provider's name of the field. It is shown only if it is a field of the tool's input, or was sent. */
  field?: string | undefined;
  /** The fault; the agent reads our sentence for it. */
  fault: keyof typeof FAULT_ISSUES;
  /** A more precise sentence than ours. It contains only known words, and numbers from the response. */
  issue?: string | undefined;
}

/** How a provider reports errors. Each function must accept any response and trust nothing in it. */
export interface ProviderErrors {
  /** Returns the provider's error name, or undefined if the response is not an error. */
  reason(answer: ProviderAnswer): string | undefined;
  /** The rule for each name. A name without a rule is judged by its HTTP status. */
  rules: Readonly<Record<string, ProviderErrorRule>>;
  /** Returns the seconds to wait, if the provider does not send them in `retry-after`; NaN if it doesn't say. */
  retryAfterSeconds?(answer: ProviderAnswer): number | undefined;
  /** Returns the values that the provider rejects, if it names them. */
  faults?(answer: ProviderAnswer): ProviderFault[];
}

/** Judges errors only by HTTP status. */
export const defaultProviderErrors: ProviderErrors = { reason: () => undefined, rules: {} };

// For responses whose error has no name, or a name without a rule.
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
  /** True if a rule knows the provider's error name, so the cause is certain. */
  recognised: boolean;
}

type Overrides = Readonly<Record<string | number, ProviderErrorRule>>;

/**
 * Returns the meaning of an error response. Returns undefined for a success, and for a 3xx or 5xx that no rule knows.
 * @param overrides the rules of this request, by the provider's error name or by HTTP status; they come first
 */
export function refusalOf(
  answer: ProviderAnswer,
  errors: ProviderErrors,
  overrides: Overrides = {},
): ProviderRefusal | undefined {
  const reason = errors.reason(answer);
  const byReason = lookUp(overrides, reason);
  // With a 2xx status only the body can report an error.
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
