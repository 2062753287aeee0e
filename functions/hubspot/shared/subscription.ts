import * as z from 'zod';

/** https://developers.hubspot.com/docs/guides/api/marketing/subscriptions */
export const LEGAL_BASES = [
  'CONSENT_WITH_NOTICE',
  'LEGITIMATE_INTEREST_CLIENT',
  'LEGITIMATE_INTEREST_OTHER',
  'LEGITIMATE_INTEREST_PQL',
  'NON_GDPR',
  'PERFORMANCE_OF_CONTRACT',
  'PROCESS_AND_STORE',
] as const;

const Status = z.object({
  status: z.string(),
  subscriptionName: z.string().nullish(),
  setStatusSuccessReason: z.string().nullish(),
});

export const StatusesAnswer = z.object({ results: z.tuple([Status], Status) });
