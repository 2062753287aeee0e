import * as z from 'zod';
import type { GmailPart } from './mime-parts.ts';

const Header = z.object({ name: z.string(), value: z.string() });
const Message = z.looseObject({
  id: z.string(),
  payload: z.looseObject({ headers: z.array(Header) }).optional(),
});
const Answer = z.union([z.looseObject({ messages: z.array(Message) }), Message]);

/** The headers and the body of an e-mail that the `emulate` package cannot return. */
export interface MailSupplement {
  headers: readonly [name: string, value: string][];
  payload: GmailPart | undefined;
}

/**
 * Adds the missing headers and bodies to messages in a response.
 * @param supplements headers and bodies, by message ID
 * @param wanted the names of the requested headers; all headers if it is empty
 */
export function completeMessages(
  body: unknown,
  supplements: ReadonlyMap<string, MailSupplement>,
  wanted: readonly string[],
): unknown {
  const { data } = Answer.safeParse(body);
  if (!data) return body;
  const complete = (message: z.output<typeof Message>) => {
    const { headers = [], payload } = supplements.get(message.id) ?? {};
    if (!message.payload) return message;
    const added = headers.filter(
      ([name]) => wanted.length === 0 || wanted.some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    const hasBody = 'body' in message.payload || 'parts' in message.payload;
    const { parts, ...own } = message.payload;
    const ownHeaders = own.headers.filter(({ name }) => !payload || !/^content-|^mime-/i.test(name));
    const all = [...added.map(([name, value]) => ({ name, value })), ...ownHeaders];
    return {
      ...message,
      payload: {
        ...(payload && hasBody ? { ...own, ...payload } : { ...own, ...(parts !== undefined && { parts }) }),
        headers: [...all, ...(payload?.headers ?? [])],
      },
    };
  };
  return 'messages' in data && Array.isArray(data.messages)
    ? { ...data, messages: z.array(Message).parse(data.messages).map(complete) }
    : complete(Message.parse(data));
}
