import { id, type ProviderClient, path, readInput, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { pastedLink } from './pasted-link.ts';

const LINK =
  /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/(?:archives|messages|(?:client|huddle)\/[TE][A-Z0-9]+)\/([CDG][A-Z0-9]{2,20})(?:[/?#|>]|$)/;
// https://docs.slack.dev/interactivity/deep-linking
const APP_LINK =
  /^<?(?:slack:\/\/channel\?(?:[^#\s]*&)?id|https?:\/\/(?:[\w.-]+\.)?slack(?:-gov)?\.com\/app_redirect\?(?:[^#\s]*&)?channel)=([CDG][A-Z0-9]{2,20})(?:[&#|>]|$)/;
const NAME_LINK =
  /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/(?:archives|channels|messages)\/([^/?#|>\s]{1,80})\/?(?:[?#|>]|$)/;
const MENTION = /^<#([CDG][A-Z0-9]{2,20})(?:\|[^<>]*)?>$/;
const USER_MENTION = /^<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>$/;
const CHANNEL_ID = /^[CDG][A-Z0-9]{2,20}$/;
const PERSON_ID = /^[UW][A-Z0-9]{2,20}$/;
const SOME_ID = /^[A-Z][A-Z0-9]{6,}$/;
// Slack's names are in lower case, and allow letters of any language.
const NAME = String.raw`[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_\-]{1,80}`;
const CHANNEL = new RegExp(`^(?:[CDG][A-Z0-9]{2,20}|${NAME})$`, 'u');
const RECIPIENT = new RegExp(`^(?:[CDGUW][A-Z0-9]{2,20}|${NAME})$`, 'u');

// Slack allows 20 requests a minute. One call of a tool uses at most half of them.
const PAGES_MAX = 10;
/** The largest page that Slack recommends: https://docs.slack.dev/apis/web-api/pagination */
export const LIST_PAGE_SIZE = 200;
/** The types of channels that have a name. */
export const CHANNEL_TYPES = 'public_channel,private_channel';
const NO_SUCH_NAME =
  'Slack has no channel of this name that the account can see. Find it with slack_find_channel and pass its ID.';
const NOT_IN_FIRST_CHANNELS =
  'The first 2,000 channels of the workspace have no such name. Find it with slack_find_channel and pass its ID.';

export const ChannelResponse = z.object({
  id: id(),
  name: z.string().nullish(),
  is_private: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  topic: z.object({ value: z.string().nullish() }).nullish(),
  purpose: z.object({ value: z.string().nullish() }).nullish(),
});
export type ChannelResponse = z.output<typeof ChannelResponse>;

/** https://docs.slack.dev/reference/methods/conversations.list#response */
export const ChannelListResponse = z.object({
  ok: z.literal(true),
  channels: z.array(ChannelResponse).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

const OpenedResponse = z.object({ ok: z.literal(true), channel: z.object({ id: id() }) });

/** Returns the input for the channel that a tool reads. `run` passes the value to {@link channelIdOf}. */
export function channelInput() {
  return readInput(
    '#name, link of the channel or of a message in it, or ID from slack_find_channel.',
    channelOf,
    {
      pattern: CHANNEL,
      expected: 'must be a channel: its #name, its link, or its ID, which slack_find_channel returns',
    },
  );
}

/** Returns the input for the channel or person that a tool posts to. `run` receives an ID, or a name without #. */
export function recipientInput() {
  return readInput(
    '#name, link, or ID from slack_find_channel; for a direct message, the ID of the person from slack_find_user.',
    (trimmed) => USER_MENTION.exec(trimmed)?.[1] ?? channelOf(trimmed),
    {
      pattern: RECIPIENT,
      expected: 'must be a channel (#name, link or ID) or the ID of a person, which slack_find_user returns',
    },
  );
}

/** Returns the ID or the name of a channel from a pasted text, or the text itself. */
export function channelOf(trimmed: string): string {
  const link = pastedLink(trimmed);
  const channelId = [LINK, APP_LINK, MENTION].map((form) => form.exec(link)?.[1]).find(Boolean);
  if (channelId !== undefined) return channelId;
  const name = NAME_LINK.exec(link)?.[1];
  if (name !== undefined) return name.toLowerCase();
  // Keyboards for Japanese and Chinese produce a wide number sign.
  if (/^[#＃]/.test(trimmed)) return trimmed.slice(1).trim().toLowerCase();
  return SOME_ID.test(trimmed) || CHANNEL_ID.test(trimmed) ? trimmed : trimmed.toLowerCase();
}

/** Returns whether a text is the ID of a channel. */
export function isChannelId(text: string): boolean {
  return CHANNEL_ID.test(text);
}

/**
 * Returns the ID of the direct message channel with a person, or any other recipient unchanged. Slack creates the
 * channel if it does not exist. Nobody is notified, and a repeated call changes nothing.
 */
export async function conversationOf(recipient: string, api: ProviderClient): Promise<string> {
  if (!PERSON_ID.test(recipient)) return recipient;
  // https://docs.slack.dev/reference/methods/conversations.open
  const { body } = await api.post(path`/api/conversations.open`, {
    json: { users: recipient },
    isRead: true,
    response: OpenedResponse,
  });
  return body.channel.id;
}

/**
 * Returns the ID of a channel. If a name is given, the function looks it up, because Slack's methods for reading accept
 * only IDs.
 * @throws ToolError if no channel has the name, or several channels have it
 */
export async function channelIdOf(channel: string, api: ProviderClient): Promise<string> {
  if (isChannelId(channel)) return channel;
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    // https://docs.slack.dev/reference/methods/conversations.list
    const { body } = await api.get(path`/api/conversations.list`, {
      query: { types: CHANNEL_TYPES, limit: LIST_PAGE_SIZE, cursor },
      response: ChannelListResponse,
    });
    const found = (body.channels ?? []).filter(({ name }) => name === channel);
    if (found.length > 1) throw severalChannels(found);
    if (found[0]) return found[0].id;
    cursor = body.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) throw new ToolError('not_found', { message: NO_SUCH_NAME });
  }
  throw new ToolError('not_found', { message: NOT_IN_FIRST_CHANNELS });
}

/**
 * Returns the error for a name that belongs to several channels. This happens if several workspaces of an organisation
 * use the same name.
 */
function severalChannels(channels: readonly ChannelResponse[]): ToolError {
  const candidates = channels.map((channel) => ({
    value: channel.id,
    label: channel.topic?.value || channel.purpose?.value || (channel.is_member ? 'joined' : 'not joined'),
  }));
  const issue = 'is the name of several channels; send the ID of one of them';
  return new ToolError('invalid_input', { details: [{ path: 'channel', issue, candidates }] });
}
