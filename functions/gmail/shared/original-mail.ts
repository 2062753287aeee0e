import pMap from 'p-map';
import { ifReadable, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { decodeBody, isBodyCut } from './decode-body.ts';
import { CONCURRENT_CALLS } from './load-mail.ts';
import { type Message, MessageResponse, type Part, partHeadersOf } from './message.ts';
import { isShownAsText, type MimeNode, mimeTree } from './mime-tree.ts';

// A response has at most 5 MiB, and base64 needs four bytes for three bytes of content.
const CONTENT_BYTES_MAX = 3_500_000;
const TOO_LARGE =
  'The mail is too large for this tool: with its attachments it may have 3.5 MB. Ask the user to forward it in Gmail.';
const IN_PIECES =
  'The mail has a part that Gmail returns only in pieces, such as a delivery report, or too many parts. Ask the user to forward it in Gmail.';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments#MessagePartBody */
const BodyResponse = z.object({ data: z.string() });

/** A file in a mail, or a picture in its text. */
export interface MailFile {
  /** Empty if the file has no name. */
  name: string;
  /** The value of `Content-Type`. */
  type: string;
  /** Without angle brackets; undefined if the part has no content ID. */
  contentId: string | undefined;
  content: Buffer;
}

/** An entire mail, with everything that is needed to forward it. */
export interface OriginalMail {
  message: Message;
  /** Undefined if some part of the mail exists only as HTML. */
  text: string | undefined;
  /** Undefined if the mail has no HTML. */
  html: string | undefined;
  files: readonly MailFile[];
}

type Contents = ReadonlyMap<Part, Buffer>;
interface Block {
  text: string | undefined;
  html: string | undefined;
}

/**
 * Loads a mail with all its files.
 * @throws ToolError if a part of the mail cannot be loaded
 */
export async function loadOriginalMail(
  api: ProviderClient,
  id: string,
  signal: AbortSignal,
): Promise<OriginalMail> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
  const get = api.get(path`/gmail/v1/users/me/messages/${id}`, {
    query: { format: 'full' },
    response: MessageResponse,
  });
  const message = (await ifReadable(get, ['invalid_provider_response']))?.body;
  if (!message) throw new ToolError('rejected_by_provider', { message: TOO_LARGE });
  const { root, hasMore } = mimeTree(message.payload, false);
  const leaves = leavesOf(root);
  if (hasMore || leaves.some(isInPieces)) throw new ToolError('rejected_by_provider', { message: IN_PIECES });
  const bytes = leaves.reduce((sum, { body }) => sum + body.size, 0);
  if (bytes > CONTENT_BYTES_MAX || leaves.some(isTextCut))
    throw new ToolError('rejected_by_provider', { message: TOO_LARGE });
  const load = async (part: Part): Promise<[Part, Buffer]> => {
    const { data, attachmentId } = part.body;
    if (data !== undefined || attachmentId === undefined) return [part, Buffer.from(data ?? '', 'base64url')];
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments/get
    const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}/attachments/${attachmentId}`, {
      response: BodyResponse,
    });
    return [part, Buffer.from(body.data, 'base64url')];
  };
  const contents = new Map(await pMap(leaves, load, { concurrency: CONCURRENT_CALLS, signal }));
  const blocks = blocksOf(root, contents);
  const hasHtml = blocks.some(({ html }) => html !== undefined);
  return {
    message,
    text: textOf(blocks),
    html: hasHtml ? blocks.map(htmlOf).join('\n') : undefined,
    files: leaves.filter((part) => !isShownAsText(part)).map((part) => toFile(part, contents)),
  };
}

function leavesOf({ part, children }: MimeNode): Part[] {
  if (children.length > 0) return children.flatMap(leavesOf);
  const isEmptyContainer = part.mimeType.startsWith('multipart/') && part.filename === '';
  return isEmptyContainer ? [] : [part];
}

/**
 * Returns whether Gmail returns the content of a part only as separate inner parts. For example, some
 * attached mails have no attachment ID.
 */
function isInPieces({ body, parts = [] }: Part): boolean {
  return body.data === undefined && body.attachmentId === undefined && (body.size > 0 || parts.length > 0);
}

function isTextCut(part: Part): boolean {
  return isShownAsText(part) && isBodyCut(part, part.body.data ?? '');
}

/** Returns the texts of a mail. For alternatives, returns one block that contains both the plain text and the HTML. */
function blocksOf({ part, children }: MimeNode, contents: Contents): Block[] {
  if (children.length === 0) {
    if (!isShownAsText(part)) return [];
    const written = decodeBody(part, contents.get(part)?.toString('base64url') ?? '');
    return [
      part.mimeType === 'text/html' ? { text: undefined, html: written } : { text: written, html: undefined },
    ];
  }
  const branches = children.map((child) => blocksOf(child, contents));
  const rich = branches.findLast((blocks) => blocks.some(({ html }) => html !== undefined));
  if (part.mimeType !== 'multipart/alternative' || !rich) return branches.flat();
  const plain = branches.find((blocks) => blocks.length > 0 && textOf(blocks) !== undefined);
  return [{ text: plain && textOf(plain), html: rich.map(htmlOf).join('\n') }];
}

function textOf(blocks: readonly Block[]): string | undefined {
  const texts = blocks.flatMap(({ text }) => text ?? []);
  return texts.length === blocks.length ? texts.join('\n\n') : undefined;
}

function htmlOf({ text = '', html }: Block): string {
  return html?.replace(/^\s*<!doctype[^>]*>/i, '') ?? toHtml(text);
}

/** Converts plain text to HTML. */
export function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div style="white-space: pre-wrap">${escaped}</div>`;
}

function toFile(part: Part, contents: Contents): MailFile {
  const contentId = /^\s*<?([^<>\s]{1,998})>?\s*$/.exec(partHeadersOf(part, 'Content-ID')[0] ?? '')?.[1];
  return {
    name: part.filename,
    type: partHeadersOf(part, 'Content-Type')[0] || part.mimeType || 'application/octet-stream',
    contentId,
    content: contents.get(part) ?? Buffer.alloc(0),
  };
}
