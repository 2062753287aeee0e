import type { FaultInput } from '../../scalekit/fault-schema.ts';

interface FaultPreset {
  title: string;
  explanation: string;
  fault: FaultInput;
}

/** The most common faults. `*` matches every connection; other names are connectors of this project. */
export const FAULT_PRESETS: readonly FaultPreset[] = [
  {
    title: 'The provider fails twice',
    explanation: 'Two attempts get 503. A read succeeds at its third.',
    fault: { connection: '*', times: 2, answer: { status: 503 } },
  },
  {
    title: 'The provider is down',
    explanation: 'Every attempt gets 503.',
    fault: { connection: '*', answer: { status: 503 } },
  },
  {
    title: 'Rate limited for an hour',
    explanation: 'The provider returns 429. Its retry-after is longer than a call may wait.',
    fault: { connection: '*', answer: { status: 429, headers: { 'retry-after': '3600' } } },
  },
  {
    title: 'Rate limited for a second, once',
    explanation: 'One attempt gets 429. The call waits and continues.',
    fault: { connection: '*', times: 1, answer: { status: 429, headers: { 'retry-after': '1' } } },
  },
  {
    title: 'Gmail’s limit of calls is reached',
    explanation: 'Gmail returns 403 with its own error. The call ends with rate_limited.',
    fault: {
      connection: 'gmail',
      answer: {
        status: 403,
        body: {
          error: {
            code: 403,
            message: 'User Rate Limit Exceeded',
            errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }],
          },
        },
      },
    },
  },
  {
    title: 'GitHub’s limit of 5,000 calls an hour is used up',
    explanation: 'GitHub returns 403 with its own error. The call ends with rate_limited.',
    fault: {
      connection: 'github',
      answer: {
        status: 403,
        headers: { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0' },
        body: { message: 'API rate limit exceeded for user ID 1.' },
      },
    },
  },
  {
    title: 'The provider is slow',
    explanation: 'Every attempt takes 2 seconds longer.',
    fault: { connection: '*', latencyMs: 2_000 },
  },
  {
    title: 'The provider never responds',
    explanation: 'A read ends with provider_timeout.',
    fault: { connection: '*', hang: true },
  },
  {
    title: 'The response to a POST is lost',
    explanation:
      'The provider does the work, but its response never arrives. A write ends with outcome_unknown.',
    fault: { connection: '*', method: 'POST', drop: 'after-provider' },
  },
  {
    title: 'The response is not JSON',
    explanation: 'The provider returns 200 with an HTML page.',
    fault: { connection: '*', answer: { status: 200, body: '<html>Sign in</html>' } },
  },
  {
    title: 'The provider rejects the user’s token',
    explanation: 'It was revoked at the provider, and Scalekit does not know it yet.',
    fault: { connection: '*', accountToken: 'expired' },
  },
  {
    title: 'Our access token expires',
    explanation: 'Scalekit rejects it once. The call renews it and continues.',
    fault: { connection: '*', times: 1, token: 'expired' },
  },
  {
    title: 'Scalekit is down',
    explanation: 'Its API returns 503. Accounts that were recently ACTIVE still work.',
    fault: { path: '/api/v1/*', answer: { status: 503 } },
  },
];
