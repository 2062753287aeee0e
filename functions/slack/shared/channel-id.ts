import * as z from 'zod';

/** The input of a tool that takes no name for a channel, as most of Slack's methods do not. */
export function channelId() {
  return z
    .string()
    .regex(/^[CDG][A-Z0-9]{2,20}$/)
    .describe('Its ID, such as C024BE91L.');
}
