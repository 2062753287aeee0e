import { id, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

// A value that does not match Gmail's documentation counts as absent, so that one unusual message does not make the
// entire response fail.
const word = z.string().catch('');
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
  internalDate: providerTime('milliseconds').nullable().catch(null),
  payload: PartResponse.catch(() => PartResponse.parse({})),
});
export type Message = z.output<typeof MessageResponse>;

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
