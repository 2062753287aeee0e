import { id, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Header = z.object({ name: z.string(), value: z.string() });

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart */
export const Part = z.object({
  mimeType: z.string().default(''),
  filename: z.string().default(''),
  headers: z.array(Header).default([]),
  body: z.object({ data: z.string().optional(), size: z.int().default(0) }).default({ size: 0 }),
  // Read where it is walked through: whoever wrote the mail says how deep it is.
  parts: z.array(z.unknown()).optional(),
});
export type Part = z.output<typeof Part>;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#Message */
export const Message = z.object({
  id: id(),
  threadId: id(),
  labelIds: z.array(z.string()).default([]),
  snippet: z.string().default(''),
  internalDate: providerTime('milliseconds').nullish(),
  payload: Part.prefault({}),
});
export type Message = z.output<typeof Message>;

/** The values of a header, in the order of the message. */
export function headersOf({ payload }: Message, name: string): string[] {
  const wanted = name.toLowerCase();
  return payload.headers.flatMap((header) => (header.name.toLowerCase() === wanted ? header.value : []));
}

/** The first value of a header; null where there is none. */
export function headerOf(message: Message, name: string): string | null {
  return headersOf(message, name)[0] ?? null;
}
