import type { ErrorCode } from '../errors/error-codes.ts';

/** A provider's answer as an error table sees it. */
export interface ProviderAnswer {
  /** The HTTP status. */
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where there is none. */
  body: unknown;
}

/** The codes by which a provider's refusal can be told. */
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

/** What one of a provider's errors means. */
export interface ProviderErrorRule {
  /**
   * The {@link ErrorCode} that the agent gets, or one of two of a provider alone. `credentials_refused`: the user has to connect the account again. `scope_missing`: the account lacks a scope, so that
   * the tool's scopes and a new consent link are told with `permission_denied`.
   */
  code: ProviderErrorCode | 'credentials_refused' | 'scope_missing';
  /** What to do next, when the code's own message says too little. Never made from the answer. */
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
  /** The provider's name of the field. It is told only where it is a field of the tool's input, or was sent. */
  field?: string | undefined;
  /** What is wrong with it; the agent reads a sentence of ours for each. */
  fault: keyof typeof FAULT_ISSUES;
}

/** How a provider tells errors. Each function may be handed any answer, and takes nothing of it on trust. */
export interface ProviderErrors {
  /** The provider's own name of the error in an answer; undefined where the answer is none, or names none. */
  reason(answer: ProviderAnswer): string | undefined;
  /** What each name means; a name that is not here is judged by its HTTP status. */
  rules: Readonly<Record<string, ProviderErrorRule>>;
  /** In how many seconds to come back, where the provider tells it otherwise than in `retry-after`; NaN where it does not. */
  retryAfterSeconds?(answer: ProviderAnswer): number | undefined;
  /** Which values the provider refuses, where it says so. */
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
  // What a success means is told by its body alone.
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
