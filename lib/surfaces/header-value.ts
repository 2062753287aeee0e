import { ToolError } from '../errors/tool-error.ts';

/**
 * Returns the value of a header, whatever the case of its name; undefined without the header.
 * @param name the name in lower case
 * @throws ToolError `unauthenticated` for a duplicate header, because two values could name two users
 */
export function headerValue<Value>(
  headers: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  if (values.length <= 1) return values[0]?.[1];
  throw new ToolError('unauthenticated', {
    message: `The header ${name} came more than once. Send it once.`,
  });
}
