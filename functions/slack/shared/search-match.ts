import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { MessageResponse, messageOutput } from './message.ts';

const USER_ID = /^[UW][A-Z0-9]{2,20}$/;

const MatchResponse = MessageResponse.extend({
  channel: z.object({ id: id(), name: z.string().nullish() }).nullish(),
  permalink: z.string().nullish(),
});
type MatchResponse = z.output<typeof MatchResponse>;

/** https://docs.slack.dev/reference/methods/search.messages#response */
export const MatchListResponse = z.object({
  ok: z.literal(true),
  messages: z
    .object({
      matches: z.array(MatchResponse).nullish(),
      paging: z.object({ pages: z.int().nullish() }).nullish(),
    })
    .nullish(),
});

export const matchOutput = z.strictObject({
  channel: id().nullable(),
  channel_name: text(80).nullable().describe('Of a direct message: the other person.'),
  thread_ts: id(),
  ...messageOutput,
  url: text(500).nullable(),
});

/** Returns the ID of the person whom a direct message is with; Slack gives it in place of the channel's name. */
export function partnerOf({ channel }: MatchResponse): string | undefined {
  return channel?.name && USER_ID.test(channel.name) ? channel.name : undefined;
}

/** Returns where a message is, to read on from there. */
export function toPlace(match: MatchResponse, names: ReadonlyMap<string, string>) {
  const { ts, channel, permalink } = match;
  // Only the link says that a message is a reply.
  const [, thread_ts = ts] = /[?&]thread_ts=(\d{10}\.\d{1,9})(?:&|$)/.exec(permalink ?? '') ?? [];
  return {
    channel: channel?.id ?? null,
    channel_name: names.get(partnerOf(match) ?? '') ?? (channel?.name || null),
    thread_ts,
    url: permalink && URL.canParse(permalink) ? new URL(permalink).href : null,
  };
}
