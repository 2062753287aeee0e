import { id } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Channel = z.object({
  id: id(),
  name: z.string().nullish(),
  is_private: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  topic: z.object({ value: z.string().nullish() }).nullish(),
});

/** https://docs.slack.dev/reference/methods/conversations.list#response */
export const ChannelList = z.object({
  ok: z.literal(true),
  channels: z.array(Channel).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
