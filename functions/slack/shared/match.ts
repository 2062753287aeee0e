import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { Message, writtenOutput } from './message.ts';

const Match = Message.extend({
  channel: z.object({ id: id(), name: z.string().nullish() }).nullish(),
  permalink: z.string().nullish(),
});

/** https://docs.slack.dev/reference/methods/search.messages#response */
export const MatchList = z.object({
  ok: z.literal(true),
  messages: z
    .object({
      matches: z.array(Match).nullish(),
      paging: z.object({ pages: z.int().nullish() }).nullish(),
    })
    .nullish(),
});

export const matchOutput = z.strictObject({
  channel: id().nullable(),
  channel_name: text(80).nullable(),
  thread_ts: id(),
  ...writtenOutput,
  url: text(500).nullable(),
});

/** Where a message that was found is, to read on from there. */
export function placeOf({ ts, channel, permalink }: z.output<typeof Match>) {
  // That it is a reply, the link alone tells.
  const [, thread_ts = ts] = /[?&]thread_ts=(\d{10}\.\d{1,9})(?:&|$)/.exec(permalink ?? '') ?? [];
  return {
    channel: channel?.id ?? null,
    channel_name: channel?.name || null,
    thread_ts,
    url: permalink || null,
  };
}
