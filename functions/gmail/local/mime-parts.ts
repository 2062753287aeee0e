import { mailText } from '../../../local/providers/story-time.ts';

/** A part of an e-mail in Gmail's format. */
export interface GmailPart {
  mimeType: string;
  filename: string;
  headers: { name: string; value: string }[];
  body: { size: number; data?: string; attachmentId?: string };
  parts?: GmailPart[];
}

/** Returns a part with its own content. */
export function part(
  mimeType: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  filename = '',
): GmailPart {
  const bytes = Buffer.from(typeof content === 'string' ? mailText(content) : content);
  const named = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    mimeType,
    filename,
    headers: named,
    body: { size: bytes.length, data: bytes.toString('base64url') },
  };
}

export const plain = (text: string) =>
  part('text/plain', text, { 'Content-Type': 'text/plain; charset="UTF-8"' });
export const html = (text: string) =>
  part('text/html', text, { 'Content-Type': 'text/html; charset="UTF-8"' });

/** Returns a file part. Gmail returns the content of a file only by its attachment ID. */
export function file(
  mimeType: string,
  filename: string,
  attachmentId = 'ANGjdJ8a1',
  size = 5_000,
): GmailPart {
  return { mimeType, filename, headers: [], body: { size, attachmentId } };
}

/** Returns a part that contains other parts. @param kind the subtype, such as `mixed` */
export function multi(kind: string, ...parts: GmailPart[]): GmailPart {
  return { mimeType: `multipart/${kind}`, filename: '', headers: [], body: { size: 0 }, parts };
}
