import * as z from 'zod';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs#SendAs */
const SendAsResponse = z.object({
  sendAsEmail: z.string(),
  displayName: z.string().default(''),
  replyToAddress: z.string().default(''),
  isPrimary: z.boolean().default(false),
  isDefault: z.boolean().default(false),
  verificationStatus: z.string().optional(),
});
export type SendAs = z.output<typeof SendAsResponse>;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list */
export const SendAsListResponse = z.object({ sendAs: z.array(SendAsResponse).default([]) });
