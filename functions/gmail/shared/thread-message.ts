import { completeness, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { headerOf, headersOf, type Message, type Part, sentAt } from './message.ts';
import type { MessageText } from './message-text.ts';

/** The maximum length of one message's text, in characters. */
export const TEXT_LENGTH_MAX = 10_000;
const ATTACHMENTS_MAX = 20;
const ATTACHMENTS_BYTES_MAX = 8_000;
const ID_LENGTH_MAX = 1_024;
const NO_INVITATION = { description: '', otherCount: 0, link: null };
const BEYOND_END =
  'is beyond the end of the text; pass next_text_start, and repeat include_all if it was set';
// The maximum length of each text if an entire thread is read, and if one message is requested.
const CHUNKS = {
  thread: { length: 4_000, bytes: 12_000 },
  message: { length: TEXT_LENGTH_MAX, bytes: 12_000 },
};

/** The part of a message's text that is returned. */
export interface Excerpt {
  start: number;
  isOfThread: boolean;
  includesAll: boolean;
}

/**
 * Converts the inputs that select a part of the text.
 * @throws ToolError if text_start is given without message_id
 */
export function toExcerpt(input: {
  message_id: string | undefined;
  text_start: number;
  include_all: boolean;
}): Excerpt {
  const isOfThread = input.message_id === undefined;
  if (isOfThread && input.text_start > 0)
    throw new ToolError('invalid_input', { details: [{ path: 'text_start', issue: 'needs message_id' }] });
  return { start: input.text_start, isOfThread, includesAll: input.include_all };
}

/**
 * Converts a message to its output.
 * @param read the text, attachments and invitation of the message
 * @param isWhole false if the body is too large to be loaded
 * @throws ToolError if text_start is beyond the end of the text
 */
export function toThreadMessage(
  message: Message,
  read: MessageText,
  { start, isOfThread, includesAll }: Excerpt,
  isWhole: boolean,
) {
  const otherText = includesAll && read.otherText ? `\n\n[Its plain-text form:]\n${read.otherText}` : '';
  const whole = read.text + otherText;
  if (start > whole.length)
    throw new ToolError('invalid_input', { details: [{ path: 'text_start', issue: BEYOND_END }] });
  const { chunk, next } = chunkOf(whole, start, CHUNKS[isOfThread ? 'thread' : 'message']);
  const attachments = read.attachments.map(toAttachment);
  const listed = attachments.slice(0, attachmentCount(attachments));
  const { description, otherCount, link, ...invitation } = read.invitation ?? NO_INVITATION;
  const isDraft = message.labelIds.includes('DRAFT');
  return {
    id: message.id,
    from: headerOf(message, 'From'),
    to: recipientsOf(message, 'To'),
    cc: recipientsOf(message, 'Cc'),
    sent_at: isDraft ? null : sentAt(message),
    is_draft: isDraft,
    text: chunk,
    next_text_start: next,
    is_shortened: read.isShortened,
    has_other_plain_text: read.otherText !== '',
    invitation: 'title' in invitation ? invitation : null,
    attachments: listed,
    ...completeness([
      next !== null && 'The text goes on: see next_text_start.',
      !isWhole && 'The mail is too large to be read here.',
      ...read.missing,
      listed.length < attachments.length &&
        `${attachments.length - listed.length} more attachments are not listed.`,
    ]),
  };
}

function recipientsOf(message: Message, name: string): string | null {
  return headersOf(message, name).join(', ') || null;
}

function toAttachment(part: Part) {
  const { mimeType, filename, body } = part;
  const { attachmentId } = body;
  return {
    id: attachmentId && attachmentId.length <= ID_LENGTH_MAX ? attachmentId : null,
    name: filename || attachedSubject(part),
    type: mimeType,
    size_bytes: body.size,
  };
}

/** Returns the subject of an attached e-mail, or null. An attached e-mail without a name is shown with this subject. */
function attachedSubject({ parts }: Part): string | null {
  const inner = z.array(z.object({ headers: z.unknown() })).safeParse(parts).data?.[0];
  const headers =
    z.array(z.object({ name: z.string(), value: z.string() })).safeParse(inner?.headers).data ?? [];
  return headers.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? null;
}

/** Returns how many attachments fit into a response together with the text. */
function attachmentCount(attachments: readonly object[]): number {
  let bytes = 0;
  const end = attachments.findIndex((attachment, index) => {
    bytes += Buffer.byteLength(JSON.stringify(attachment));
    return index >= ATTACHMENTS_MAX || bytes > ATTACHMENTS_BYTES_MAX;
  });
  return end < 0 ? attachments.length : end;
}

/** Returns a part of a text that fits into a response, and the position of the rest. */
function chunkOf(
  whole: string,
  start: number,
  { length, bytes }: { length: number; bytes: number },
): { chunk: string; next: number | null } {
  let end = Math.min(whole.length, start + length);
  while (Buffer.byteLength(JSON.stringify(whole.slice(start, end))) > bytes)
    end -= Math.ceil((end - start) / 8);
  // Does not split a surrogate pair, whose two halves form one character.
  if (end < whole.length && /[\ud800-\udbff]/.test(whole.charAt(end - 1))) end -= 1;
  const isLast = end >= whole.length;
  return { chunk: whole.slice(start, end) + (isLast ? '' : '…'), next: isLast ? null : end };
}
