import * as z from 'zod';

// Slack cuts what is longer: https://docs.slack.dev/changelog/2018-truncating-really-long-messages
const TEXT_LENGTH_MAX = 40_000;

/** Where to post, and what. */
export const messageInput = {
  channel: z.string().min(1).max(80).describe('Its ID, such as C024BE91L, or its name.'),
  text: z
    .string()
    .min(1)
    .max(TEXT_LENGTH_MAX)
    .describe('In mrkdwn: *bold*, <https://example.com|a link>. Best below 4,000 characters.'),
  thread_ts: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional()
    .describe('To reply: the ts of the first message, such as 1503435956.000247.'),
};
