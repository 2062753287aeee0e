import { htmlToText, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Message, Part } from './message.ts';
import { cutQuotes, isQuoteElement } from './quotes.ts';

// More than a person's mail has, less than takes time.
const PARTS_MAX = 200;
const ATTACHMENTS_MAX = 20;

export const Attachment = z.strictObject({ name: text(200), size_bytes: z.int() });

/** The parts that hold something themselves, in their order; a mail that is attached is one of them. */
function leavesOf(payload: Part): Part[] {
  const leaves: Part[] = [];
  const waiting: Part[] = [payload];
  for (let seen = 0; seen < PARTS_MAX; seen += 1) {
    const part = waiting.shift();
    if (!part) break;
    if (part.parts && part.filename === '')
      waiting.unshift(...part.parts.slice(0, PARTS_MAX).flatMap((child) => Part.safeParse(child).data ?? []));
    else leaves.push(part);
  }
  return leaves;
}

function contentOf(leaves: readonly Part[], mimeType: string): string {
  return leaves
    .filter((part) => part.mimeType === mimeType && part.filename === '')
    .map(({ body }) => Buffer.from(body.data ?? '', 'base64url').toString())
    .join('\n');
}

/** What the sender wrote, without what is quoted and without a signature. */
export function textOf({ payload, snippet }: Message): string {
  const leaves = leavesOf(payload);
  const plain = contentOf(leaves, 'text/plain').trim();
  if (plain) return cutQuotes(plain);
  const html = contentOf(leaves, 'text/html');
  const own = htmlToText(html, { leavesOut: isQuoteElement(html) });
  // Gmail writes a snippet's characters as HTML does.
  return cutQuotes(own || htmlToText(html)) || htmlToText(snippet);
}

/** The files that come with a message. */
export function attachmentsOf({ payload }: Message): z.input<typeof Attachment>[] {
  return leavesOf(payload)
    .filter(({ filename }) => filename !== '')
    .slice(0, ATTACHMENTS_MAX)
    .map(({ filename, body }) => ({ name: filename, size_bytes: body.size }));
}
