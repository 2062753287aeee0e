import type { ProviderErrors } from 'scalekit-lambda-tools';
import * as z from 'zod';

const GoogleError = z.object({
  error: z.object({ errors: z.tuple([z.object({ reason: z.string() })], z.unknown()) }),
});

/** https://developers.google.com/workspace/gmail/api/guides/handle-errors */
export const gmailErrors: ProviderErrors = {
  reason: ({ body }) => GoogleError.safeParse(body).data?.error.errors[0].reason,
  rules: {
    authError: { code: 'credentials_refused' },
    insufficientPermissions: { code: 'permission_denied', missingScope: true },
    domainPolicy: {
      code: 'permission_denied',
      message: "The user's organisation does not allow this. Ask its Google Workspace administrator.",
    },
    rateLimitExceeded: { code: 'rate_limited' },
    userRateLimitExceeded: { code: 'rate_limited' },
    concurrentLimitExceeded: { code: 'rate_limited' },
    quotaExceeded: { code: 'rate_limited' },
    dailyLimitExceeded: { code: 'rate_limited' },
    failedPrecondition: {
      code: 'rejected_by_provider',
      message:
        'Gmail refuses this for the mailbox as it is: Gmail may be turned off for the account, or the feature not allowed.',
    },
    notFound: {
      code: 'not_found',
      message: 'Gmail has no such thing in this mailbox. Check the IDs in the input.',
    },
    accessNotConfigured: {
      code: 'not_configured',
      message:
        'The Gmail API is not enabled in the Google Cloud project. Report this to the operator of the tool.',
    },
  },
};
