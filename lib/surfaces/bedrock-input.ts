import type * as z from 'zod';
import { type ErrorDetail, ToolError } from '../errors/tool-error.ts';
import { readText, UnreadableText } from './bedrock-text.ts';

/**
 * Makes an input of an action group's parameters, whose values are all texts, by the schema of each field. What the
 * schema does not know stays as it is, for the validation to refuse it.
 * @throws ToolError `invalid_input` where a text cannot be read as what its field takes
 */
export function bedrockInput(schema: z.ZodObject, parameters: ReadonlyMap<string, unknown>): object {
  const details: ErrorDetail[] = [];
  const entries = [...parameters].flatMap(([name, value]): [string, unknown][] => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (!field || typeof value !== 'string') return [[name, value]];
    try {
      const read = readText(field, value);
      return read === undefined ? [] : [[name, read]];
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error;
      details.push({ path: name, issue: error.message });
      return [];
    }
  });
  if (details.length > 0) throw new ToolError('invalid_input', { details });
  return Object.fromEntries(entries);
}
