import type { Tool } from '../../../lib/contract/define-tool.ts';
import type { testProviderErrors } from '../../../test/support/test-provider-errors.ts';

type ProviderErrorCases = Parameters<typeof testProviderErrors>[2];

/** Returns an error response in Slack's usual format. */
export function refused(error: string, more: object = {}) {
  return { body: { ok: false, error, ...more } };
}

/** The errors that every method can return. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export function commonErrors({ scopes }: Tool): ProviderErrorCases {
  const needed = scopes[0] ?? '';
  return {
    'a missing scope, with every scope that the tool needs': {
      answer: refused('missing_scope', { needed, provided: 'identify' }),
      error: {
        code: 'permission_denied',
        details: scopes.map((scope) => ({ path: '', issue: `needs the scope ${scope}` })),
      },
    },
    'a rate limit with the time to wait': {
      answer: { status: 429, headers: { 'retry-after': '30' }, body: { ok: false, error: 'ratelimited' } },
      error: { code: 'rate_limited', retryable: true, retry_after_seconds: 30 },
    },
    'a missing permission': {
      answer: refused('no_permission'),
      error: { code: 'permission_denied', details: [] },
    },
    'a token of the wrong kind': {
      answer: refused('not_allowed_token_type'),
      error: { code: 'permission_denied', details: [] },
    },
    'values that Slack rejects': {
      answer: refused('invalid_arguments', {
        response_metadata: { messages: ['[ERROR] invalid required field: team_id'] },
      }),
      error: {
        code: 'rejected_by_provider',
        details: [{ path: '', issue: 'is not a value that the provider accepts' }],
      },
    },
  };
}
