import type * as z from 'zod';
import { takesText } from '../contract/read-text.ts';

/**
 * Builds an input from an action group's parameters, whose values are all strings. An empty string in a field of
 * another type means that the field is absent. The runtime reads the other values by the schema of their field.
 */
export function bedrockInput(schema: z.ZodObject, parameters: ReadonlyMap<string, unknown>): object {
  const isAbsent = (name: string, value: unknown) => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    return value === '' && field !== undefined && !takesText(field);
  };
  return Object.fromEntries([...parameters].filter(([name, value]) => !isAbsent(name, value)));
}
