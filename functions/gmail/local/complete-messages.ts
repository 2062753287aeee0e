import * as z from 'zod';

const Header = z.object({ name: z.string(), value: z.string() });
const Message = z.looseObject({
  id: z.string(),
  payload: z.looseObject({ headers: z.array(Header) }).optional(),
});
const Answer = z.union([z.looseObject({ messages: z.array(Message) }), Message]);

type Headers = ReadonlyMap<string, readonly [name: string, value: string][]>;

/**
 * Adds to messages the headers that the emulator does not know.
 * @param wanted the names that were asked for; all where it is empty
 */
export function completeMessages(body: unknown, headers: Headers, wanted: readonly string[]): unknown {
  const { data } = Answer.safeParse(body);
  if (!data) return body;
  const complete = (message: z.output<typeof Message>) => {
    const added = (headers.get(message.id) ?? []).filter(
      ([name]) => wanted.length === 0 || wanted.some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    if (!message.payload || added.length === 0) return message;
    const all = [...added.map(([name, value]) => ({ name, value })), ...message.payload.headers];
    return { ...message, payload: { ...message.payload, headers: all } };
  };
  return 'messages' in data && Array.isArray(data.messages)
    ? { ...data, messages: z.array(Message).parse(data.messages).map(complete) }
    : complete(Message.parse(data));
}
