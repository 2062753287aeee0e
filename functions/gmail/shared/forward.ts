import MailComposer from 'nodemailer/lib/mail-composer';
import { addressesIn } from './addresses.ts';
import type { SendAs } from './mailbox-settings.ts';
import { headerOf, headersOf, type Message } from './message.ts';
import { type MailFile, type OriginalMail, toHtml } from './original-mail.ts';
import { senderOf, threadHeaders } from './reply.ts';

// Gmail writes this line, and other mail programs recognise it.
const MARK = '---------- Forwarded message ---------';
// https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
const FORWARDED = /^(?:fwd?|wg|tr|rv|enc|vb|vl|vs|pd|i|doorst|转发|轉寄|転送)\s?[:：]/i;

interface Forward {
  original: OriginalMail;
  /** The addresses that the user sends from. */
  own: readonly SendAs[];
  to: readonly string[];
  /** Plain text above the forwarded mail; may be empty. */
  comment: string;
}

/**
 * Composes a mail that forwards another mail with its text, pictures and files.
 * @returns the subject, and the mail in the format of RFC 5322, encoded as base64url
 */
export async function composeForward({ original, own, to, comment }: Forward) {
  const { message, text, html, files } = original;
  const sender = senderOf([...addressesIn(message, 'To'), ...addressesIn(message, 'Cc')], own);
  const subject = forwardSubject(headerOf(message, 'Subject') ?? '');
  const above = [...(comment ? [comment, ''] : []), MARK, ...headerLines(message), '', ''].join('\n');
  const composer = new MailComposer({
    ...(sender && { from: { name: sender.displayName, address: sender.sendAsEmail } }),
    to: to.map((address) => ({ name: '', address })),
    ...(sender?.replyToAddress && { replyTo: { name: '', address: sender.replyToAddress } }),
    subject,
    // https://www.rfc-editor.org/rfc/rfc5322#section-2.3
    ...(text !== undefined && { text: `${above}${text}`.replace(/\r\n?|\n/g, '\r\n') }),
    ...(html !== undefined && { html: `${toHtml(above)}${html}` }),
    attachments: files.map((file) => toAttachment(file, html)),
    ...threadHeaders(message),
    // The composer must not read files or URLs that the message contains.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { subject, raw: raw.toString('base64url') };
}

/**
 * Returns the attachment for a file. A picture that the HTML shows stays inside the text. Every other file is
 * listed as an attachment, so that nobody overlooks it.
 */
function toAttachment({ name, type, contentId, content }: MailFile, html: string | undefined) {
  const isShown = contentId !== undefined && html?.includes(`cid:${contentId}`);
  return {
    ...(name && { filename: name }),
    contentType: type,
    content,
    ...(isShown
      ? { cid: contentId, contentDisposition: 'inline' as const }
      : { contentDisposition: 'attachment' as const }),
  };
}

function headerLines(message: Message): string[] {
  return ['From', 'Date', 'Subject', 'To', 'Cc'].flatMap((name) => {
    const value = headersOf(message, name).join(', ').replace(/\s+/g, ' ').trim();
    return value ? [`${name}: ${value}`] : [];
  });
}

/** Returns whether a subject belongs to a forwarded mail, in the languages of common mail programs. */
export function isForwardSubject(subject: string): boolean {
  return FORWARDED.test(subject.trim());
}

function forwardSubject(subject: string): string {
  const line = subject.replace(/\s+/g, ' ').trim();
  return FORWARDED.test(line) ? line : `Fwd: ${line}`;
}
