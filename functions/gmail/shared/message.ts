import { id, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const HEADER_LENGTH_MAX = 20_000;
// A value that does not match Gmail's documentation counts as absent, so that one unusual message does not make the
// entire response fail.
const word = z.string().catch('');
const Timestamp = providerTime('milliseconds');
const Header = z.object({ name: z.string(), value: z.string() });
const Headers = z
  .array(z.unknown())
  .catch([])
  .transform((headers) => headers.flatMap((header) => Header.safeParse(header).data ?? []));
const Body = z.object({
  data: z.string().optional().catch(undefined),
  attachmentId: z.string().optional().catch(undefined),
  size: z.int().catch(0),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart */
export const PartResponse = z.object({
  mimeType: word.transform((type) => type.trim().toLowerCase()),
  filename: word,
  headers: Headers,
  body: Body.catch({ data: undefined, attachmentId: undefined, size: 0 }),
  // mimeTree() parses these parts later, because a sender can nest them to any depth.
  parts: z.array(z.unknown()).optional().catch(undefined),
});
export type Part = z.output<typeof PartResponse>;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#Message */
export const MessageResponse = z.object({
  id: id(),
  threadId: word,
  labelIds: z.array(z.string()).catch([]),
  snippet: word,
  // The date may be missing or before 1970, because the sender sets it.
  internalDate: Timestamp.nullable().catch(null),
  payload: PartResponse.catch(() => PartResponse.parse({})),
});
export type Message = z.output<typeof MessageResponse>;

// Matches the time and the zone at the end of a date. Without a zone, the time would be unclear.
const DATED = /\d{1,2}:\d{2}(?::\d{2})?\s{0,9}(?:[+-]\d{4}|[A-Z]{1,5})\s{0,9}(?:\([^()]{0,200}\)\s{0,9})?$/i;

/**
 * Returns the time at which a message was sent: Gmail's time or, if it is missing, the time in the header `Date`.
 * Returns null if this header has no usable time.
 */
export function sentAt(message: Message): string | null {
  if (message.internalDate !== null) return message.internalDate;
  const date = (headerOf(message, 'Date') ?? '').trim();
  // https://www.rfc-editor.org/rfc/rfc5322#section-4.3
  return DATED.test(date) ? (Timestamp.safeParse(Date.parse(date)).data ?? null) : null;
}

/** Returns all values of a header, in the order of the message. */
export function headersOf({ payload }: Message, name: string): string[] {
  return partHeadersOf(payload, name);
}

/** Returns all values of a header of a part. */
export function partHeadersOf({ headers }: Part, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.flatMap((header) => (header.name.toLowerCase() === wanted ? header.value : []));
}

/** Returns the first value of a header, or null if the header is missing. */
export function headerOf(message: Message, name: string): string | null {
  return headersOf(message, name)[0] ?? null;
}

/**
 * Returns the IDs in the value of `Message-ID`, `In-Reply-To` or `References`. Some programs write comments next to
 * the IDs, or no spaces between them. https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4
 */
export function messageIdsIn(value: string | null): string[] {
  return value?.slice(0, HEADER_LENGTH_MAX).match(/<[^<>\s]{1,998}>/g) ?? [];
}
