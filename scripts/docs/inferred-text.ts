import type { Node, Type } from 'ts-morph';

const LENGTH_MAX = 120;
const SCHEMA_LENGTH_MAX = 60;

/** What the compiler makes of a declaration: of a long schema what it gives, and of what is too long that it is an object. */
export function inferredText(type: Type, place: Node): string {
  const text = oneLine(type.getText(place));
  // zod has what a schema gives there: https://zod.dev/library-authors
  const output = type.getProperty('_output');
  if (output && text.length > SCHEMA_LENGTH_MAX)
    return `z.ZodType<${inferredText(output.getTypeAtLocation(place), place)}>`;
  // Its names would be paths of this machine.
  return text.includes('import(') || text.length > LENGTH_MAX ? 'object' : text;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/, (?=[)\]}])/g, ' ');
}
