import { id } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_responses_user_detail.htm */
export const CurrentUser = z.object({
  id: id(),
  name: z.string(),
  email: z.string().nullish(),
  managerId: id().nullish(),
});

// The other place that tells the user, OAuth's userinfo, lies outside what the connection reaches.
export const withoutChatter = {
  FUNCTIONALITY_NOT_ENABLED: {
    code: 'permission_denied',
    message:
      'Salesforce tells who the user is through Chatter, which is turned off for the organisation or the user. Ask a Salesforce administrator.',
  },
} as const;
