import { htmlToText } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readBlocks } from './blocks.ts';
import { containedIn } from './contained-text.ts';
import { joined, linked, type Node, nodeOf, nodesOf, textOf } from './node.ts';
import { escaped, plainText } from './plain-text.ts';

// No output is longer than this, so text after it is not read.
const LENGTH_MAX = 8_000;
const PREVIEW_LENGTH_MAX = 2_000;
const PARTICIPANTS_MAX = 20;
const REACTIONS_MAX = 20;
const ROOT_LENGTH_MAX = 100;
const ATTACHMENT_DEPTH_MAX = 3;
// An attachment has its own time. This time is left out if it differs from the message's time by less than
// this.
const OWN_TIME_SECONDS_MIN = 60;
const CANVAS_LINK = /\/docs\/[TE][A-Z0-9]+\/(F[A-Z0-9]{2,20})/;
// Slack writes these sentences if it has no text for the content.
const NO_WORDS =
  /^(?:\[no preview available\]|This content can't be displayed\.?|This message contains interactive elements\.?)$/i;
const LABELLED = /<([@#]|!subteam\^)([A-Z0-9]{2,20})\|([^<>|]+)>/g;
const UNLABELLED = /<([@#]|!subteam\^)([A-Z0-9]{2,20})>/g;

/** The content of a message. https://docs.slack.dev/reference/events/message */
export const ContentResponse = z.object({
  text: z.string().nullish().catch(null),
  subtype: z.string().nullish().catch(null),
  edited: z.unknown().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  files: z.unknown().optional(),
  room: z.unknown().optional(),
  ts: z.unknown().optional(),
  assistant_app_thread: z.unknown().optional(),
  metadata: z.unknown().optional(),
  reactions: z.unknown().optional(),
  root: z.unknown().optional(),
});

/**
 * Returns the content of a message as mrkdwn, as Slack shows it: text, blocks, attachments and files, without repeated
 * parts. Edited and deleted messages get a label.
 */
export function messageText(message: z.output<typeof ContentResponse>): string {
  const { text, subtype, edited, blocks, attachments, files, room, ts, reactions } = message;
  if (subtype === 'tombstone') return '[deleted message]';
  const own = withBlocks(textOf(text), blocks);
  const isContained = containedIn(own);
  const attached = nodesOf(attachments).map((attachment) =>
    readAttachment(attachment, isContained, textOf(ts)),
  );
  const thread = nodeOf(message.assistant_app_thread);
  const parts = [own, escaped(textOf(thread?.title)), ...new Set(attached), ...nodesOf(files).map(readFile)];
  const content = joined(parts);
  const event = textOf(nodeOf(message.metadata)?.event_type);
  const kind = subtype || event;
  const shown = joined([content, readRoom(room, content === '')]) || (kind && `[${escaped(kind)}]`);
  const said = [readRoot(message), shown.slice(0, LENGTH_MAX), readReactions(reactions)];
  const whole = withLabels(joined(said), text ?? '');
  return edited && whole ? `(edited) ${whole}` : whole;
}

/**
 * If a reply was also sent to the channel, returns a line with the beginning of the message that it answers:
 * https://docs.slack.dev/reference/events/message/thread_broadcast
 */
function readRoot({ subtype, root }: z.output<typeof ContentResponse>): string {
  if (subtype !== 'thread_broadcast') return '';
  const { text, blocks } = nodeOf(root) ?? {};
  const said = plainText(withBlocks(textOf(text), blocks), new Map()).replace(/\s+/g, ' ');
  const beginning = said.length > ROOT_LENGTH_MAX ? `${said.slice(0, ROOT_LENGTH_MAX)}…` : said;
  return `[reply in a thread${beginning && `: ${escaped(beginning)}`}]`;
}

/** Returns a line with the participants of a huddle, and whether the huddle has ended. */
function readRoom(given: unknown, isNeeded: boolean): string {
  const room = nodeOf(given);
  if (!room) return '';
  const { name, has_ended, date_end, participant_history } = room;
  const history: unknown[] = Array.isArray(participant_history) ? participant_history : [];
  const people = history.slice(0, PARTICIPANTS_MAX).map((id) => mention('@', id));
  const end =
    has_ended === true && textOf(date_end) ? `ended <!date^${escaped(textOf(date_end))}^{time}>` : '';
  const facts = [escaped(textOf(name)), end, joined(people, ' ')];
  const words = joined(facts, ', ');
  return words === '' && !isNeeded ? '' : `[huddle${words && `: ${words}`}]`;
}

/**
 * Returns the reactions with their counts. The people are left out, because Slack does not always return all of them.
 */
function readReactions(reactions: unknown): string {
  const shown = nodesOf(reactions)
    .slice(0, REACTIONS_MAX)
    .map(({ name, count }) => `:${escaped(textOf(name))}: ${escaped(textOf(count))}`);
  return shown.length > 0 ? `[reactions: ${shown.join(', ')}]` : '';
}

/**
 * Joins the text of a message with its blocks. Slack shows the text only in notifications. Most texts repeat
 * some or all of the blocks, but a text can have other content.
 */
function withBlocks(text: string, blocks: unknown): string {
  const own = NO_WORDS.test(text) ? '' : text.slice(0, LENGTH_MAX);
  const pieces = readBlocks(blocks);
  const shown = joined(pieces).slice(0, LENGTH_MAX);
  if (own === '' || shown === '') return own || shown;
  if (containedIn(shown)(own)) return shown;
  const isContained = containedIn(own);
  return joined([own, ...pieces.filter((piece) => !isContained(piece))]);
}

/** Returns the text of an attachment, without the parts that the message already contains. */
function readAttachment(
  attachment: Node,
  isContained: (part: string) => boolean,
  ts: string,
  depth = 0,
): string {
  const { pretext, text, blocks, files, from_url, original_url } = attachment;
  const inner = nodesOf(attachment.message_blocks).map(({ message }) => nodeOf(message));
  const body = withBlocks(textOf(text), [
    ...nodesOf(blocks),
    ...inner.flatMap((message) => nodesOf(message?.blocks)),
  ]);
  // A shared message can have its own attachments.
  const nested = [attachment, ...inner].flatMap((message) =>
    depth < ATTACHMENT_DEPTH_MAX ? nodesOf(message?.attachments) : [],
  );
  const content = [
    textOf(pretext),
    titleOf(attachment),
    body,
    ...nodesOf(attachment.fields).map(readField),
    joined(nodesOf(attachment.actions).map(readAction), ' '),
    ...new Set(nested.map((one) => readAttachment(one, isContained, ts, depth + 1))),
    ...nodesOf(files).map(readFile),
  ];
  const isShared = isSharedMessage(attachment);
  const isEmpty = joined(content) === '';
  const fallback = textOf(attachment.fallback);
  const picture = readPicture(attachment);
  if (isEmpty && !picture && fallback && !NO_WORDS.test(fallback)) content.push(fallback);
  const address = isShared ? textOf(from_url) || textOf(original_url) : '';
  const head = isShared ? sharedHead(attachment, address) : authorOf(attachment);
  const parts = [head, ...content, picture, isShared ? '' : footerOf(attachment, ts)];
  if (isShared) return joined(parts);
  const distinct = parts.filter((part, index) => parts.indexOf(part) === index);
  return joined(distinct.filter((part) => part !== '' && !isContained(part)));
}

/**
 * Returns the title with its link. For a preview of a canvas, returns the ID of the canvas, because the link is in the
 * message.
 */
function titleOf({ title, title_link, from_url }: Node): string {
  const canvas = CANVAS_LINK.exec(textOf(from_url))?.[1];
  if (canvas !== undefined) return `[canvas ${canvas}${textOf(title) && `: ${textOf(title)}`}]`;
  return linked(textOf(title), escaped(textOf(title_link)));
}

/**
 * Returns the last line of an attachment. The line contains the attachment's own time, if this time differs from the
 * time of the message.
 */
function footerOf({ footer, ts: given }: Node, ts: string): string {
  const time = textOf(given);
  const isOwnTime = Math.abs(Number(time) - Number(ts)) >= OWN_TIME_SECONDS_MIN;
  const seconds = escaped(time.split('.')[0] ?? '');
  return joined([textOf(footer), time !== '' && isOwnTime ? `<!date^${seconds}^{date}>` : ''], ' · ');
}

function isSharedMessage(attachment: Node): boolean {
  const { is_msg_unfurl, is_share, is_reply_unfurl, is_thread_root_unfurl } = attachment;
  return (
    [is_msg_unfurl, is_share, is_reply_unfurl, is_thread_root_unfurl].includes(true) ||
    nodesOf(attachment.message_blocks).length > 0
  );
}

/**
 * Returns a line with the author of a shared message, who is not the author of the message that contains it.
 */
function sharedHead(attachment: Node, address: string): string {
  const { author_name, author_subname, author_id, channel_name, channel_id, ts } = attachment;
  const name = escaped(textOf(author_name) || textOf(author_subname));
  const author = name || mention('@', author_id) || 'somebody';
  const label = textOf(channel_name).replace(/^#/, '');
  const channel = label ? `#${escaped(label)}` : mention('#', channel_id);
  const time = textOf(ts) && `<!date^${escaped(textOf(ts).split('.')[0] ?? '')}^{date_time}>`;
  const place = joined([channel && `in ${channel}`, time, address && linked('', escaped(address))], ', ');
  return `[shared message of ${author}${place && `, ${place}`}]`;
}

function authorOf({ author_name, author_subname, author_link, service_name }: Node): string {
  const names = [author_name, author_subname].map((name) => escaped(textOf(name)));
  return joined(
    [
      textOf(service_name) && escaped(textOf(service_name)),
      linked(joined(names, ' '), escaped(textOf(author_link))),
    ],
    ' · ',
  );
}

function readField({ title, value }: Node): string {
  return joined([textOf(title), textOf(value)], ': ');
}

/** Returns the text of a button or menu in the older format for attachments. */
function readAction({ text, url }: Node): string {
  const label = textOf(text);
  return label && linked(`[${label}]`, escaped(textOf(url)));
}

function readPicture({ image_url, thumb_url, title, fallback, blocks }: Node): string {
  const address = textOf(image_url) || textOf(thumb_url);
  if (address === '' || nodesOf(blocks).length > 0) return '';
  const words = textOf(title) || textOf(image_url) === '' ? '' : textOf(fallback);
  return `[image${words && !NO_WORDS.test(words) ? `: ${words}` : ''}]`;
}

/** Returns the name of a file, the ID if the file is a canvas, and the text that Slack shows in the message. */
function readFile(file: Node): string {
  const { id, mode, name, title, filetype, subject, file_access } = file;
  if (mode === 'tombstone') return '[file: deleted]';
  if (mode === 'hidden_by_limit') return '[file: hidden by the plan of the workspace]';
  if (file_access === 'access_denied') return '[file: not accessible]';
  const label = escaped(textOf(subject) || textOf(title) || textOf(name) || 'unnamed');
  if (filetype === 'quip' || filetype === 'canvas') return `[canvas ${escaped(textOf(id))}: ${label}]`;
  const address = mode === 'external' ? escaped(textOf(file.external_url) || textOf(file.url_private)) : '';
  const sender = nodesOf(file.from).map((one) => textOf(one.original) || textOf(one.address))[0];
  const facts = [
    linked(label, address),
    escaped(textOf(file.alt_txt)),
    sender ? `from ${escaped(sender)}` : '',
  ];
  const inner = nodesOf(file.attachments).map(
    (one) => `[file: ${escaped(textOf(one.filename) || 'unnamed')}]`,
  );
  return joined([`[file: ${joined(facts, ', ')}]`, previewOf(file), spokenIn(file), ...inner]);
}

/** Returns the beginning of a snippet, of a post, or of an e-mail that was sent to the channel. */
function previewOf({ mode, plain_text, preview_plain_text, preview, preview_is_truncated }: Node): string {
  if (mode !== 'snippet' && mode !== 'email' && mode !== 'post' && mode !== 'space') return '';
  const given = mode === 'email' ? '' : textOf(preview);
  // The previews of other files are HTML.
  const words = mode === 'snippet' ? given : htmlToText(given);
  return beginningOf(textOf(plain_text) || textOf(preview_plain_text) || words, preview_is_truncated);
}

function spokenIn({ transcription }: Node): string {
  const preview = nodeOf(nodeOf(transcription)?.preview);
  return beginningOf(textOf(preview?.content), preview?.has_more);
}

/** @param hasMore true if Slack returned only the beginning of the text */
function beginningOf(text: string, hasMore: unknown): string {
  if (text === '') return '';
  const isCut = hasMore === true || text.length > PREVIEW_LENGTH_MAX;
  return escaped(text.slice(0, PREVIEW_LENGTH_MAX)) + (isCut ? '…' : '');
}

function mention(mark: '@' | '#', id: unknown): string {
  const known = textOf(id);
  return /^[A-Z0-9]{2,20}$/.test(known) ? `<${mark}${known}>` : '';
}

/** Adds labels to mentions. Only the text of a message contains the labels, not its blocks. */
function withLabels(mrkdwn: string, text: string): string {
  const labels = new Map(
    Array.from(text.matchAll(LABELLED), ([, mark = '', id = '', label = '']) => [mark + id, label] as const),
  );
  return mrkdwn.replace(UNLABELLED, (whole, mark: string, id: string) => {
    const label = labels.get(mark + id);
    return label === undefined ? whole : `<${mark}${id}|${label}>`;
  });
}
