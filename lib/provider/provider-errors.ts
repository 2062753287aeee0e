import type { ErrorCode } from '../errors/error-codes.ts';

/** A provider's answer as an error table sees it. */
export interface ProviderAnswer {
  /** The HTTP status. */
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined if the body is not JSON. */
  body: unknown;
}

/** The codes that a provider's refusal can have. */
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
   * account again. `scope_missing`: the account lacks a scope; the agent gets `permission_denied` with the tool's scopes
   * and a new consent link.
   */
  code: ProviderErrorCode | 'credentials_refused' | 'scope_missing';
  /** The next step, if the code's own message says too little. Never made from the response. */
  message?: string;
}

/** What can be wrong with a value, in the words that an agent reads. */
export const FAULT_ISSUES = {
  missing: 'is required by the provider',
  invalid: 'is not a value that the provider accepts',
  taken: 'is taken already at the provider',
  too_long: 'is too long for the provider',
  unknown_field: 'is not known to the provider',
  not_found: 'names something that the provider does not have',
} as const;

/** A value that the provider refuses. */
export interface ProviderFault {
  /** The provider's name of the field. It is shown only if it is a field of the tool's input, or was sent. */
  field?: string | undefined;
  /** What is wrong with it; the agent reads a sentence of ours for each. */
  fault: keyof typeof FAULT_ISSUES;
  /** A sentence that says more than ours for the fault. It holds known words and numbers of the answer only. */
  issue?: string | undefined;
}

/** How a provider reports errors. Each function may get any response, and trusts nothing in it. */
export interface ProviderErrors {
  /** Returns the provider's error name, or undefined if the response is not an error. */
  reason(answer: ProviderAnswer): string | undefined;
  /** The rule for each name. A name without a rule is judged by its HTTP status. */
  rules: Readonly<Record<string, ProviderErrorRule>>;
  /** Returns the seconds to wait, if the provider has them elsewhere than in `retry-after`; NaN if it does not say. */
  retryAfterSeconds?(answer: ProviderAnswer): number | undefined;
  /** Returns the values that the provider refuses, if it says so. */
  faults?(answer: ProviderAnswer): ProviderFault[];
}

/** By HTTP status alone. */
export const defaultProviderErrors: ProviderErrors = { reason: () => undefined, rules: {} };

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

export interface Refusal extends ProviderErrorRule {
  /** Whether the provider's own name of the error is known, so that nothing else can be behind it. */
  recognised: boolean;
}

type Overrides = Readonly<Record<string | number, ProviderErrorRule>>;

/**
 * What an answer refuses; undefined for a success, and for what no rule knows and is no client error (3xx, 5xx).
 * @param overrides of the call, by the provider's name of the error or by HTTP status; they go first
 */
export function refusalOf(
  answer: ProviderAnswer,
  errors: ProviderErrors,
  overrides: Overrides = {},
): Refusal | undefined {
  const reason = errors.reason(answer);
  const byReason = lookUp(overrides, reason);
  // Only its body says what a success means.
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
