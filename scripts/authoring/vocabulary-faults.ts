import type * as z from 'zod';
import { toJsonSchema } from '../../lib/schemas/json-schema.ts';
import type { SchemaNode } from '../../lib/schemas/schema-node.ts';

const SNAKE_CASE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const MOMENT = /_at$|(?:^|_)(?:since|until)$/;
const BOOLEAN_OUTPUT = /(?:^|_)(?:is|has|can|was)_|^(?:requires|asks|needs)_|_(?:again|only)$/;

/** For each idea, the field name to use (on the right) instead of other names (on the left). */
const NAMES: Readonly<Record<string, string>> = {
  after: 'since',
  before: 'until',
  complete: 'is_complete',
  created: 'created_at or created_on',
  date: '…_on for a day, …_at for a moment',
  from_date: 'since',
  href: 'url',
  html_url: 'url',
  keywords: 'query',
  link: 'url',
  q: 'query',
  search_query: 'query',
  start_date: 'since',
  end_date: 'until',
  timestamp: '…_at',
  updated: 'updated_at or updated_on',
  verified: 'is_verified',
  web_url: 'url',
};

/** Returns the fields of a tool that have a wrong name, each with the name to use. */
export function vocabularyFaults({
  name,
  input,
  output,
}: {
  name: string;
  input: z.ZodType;
  output: z.ZodType;
}): string[] {
  const inputs = [...fieldsOf(toJsonSchema(input, 'input', name), '')];
  const outputs = [...fieldsOf(toJsonSchema(output, 'output', name), '')];
  const keys = new Set(outputs.map(([path]) => path));
  return [
    ...[...inputs, ...outputs].flatMap(([path, key]) => nameFaults(path, key)),
    ...outputs.flatMap(([path, key, node]) => outputFaults(path, key, node)),
    ...(keys.has('is_complete') === keys.has('missing')
      ? []
      : ['is_complete and missing go together. Spread completenessOutput into output.']),
  ];
}

function nameFaults(path: string, key: string): string[] {
  if (!SNAKE_CASE.test(key)) return [`${path} is not lower snake case. Rename it.`];
  const better = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
  return better === undefined ? [] : [`${path} has another name elsewhere. Call it ${better}.`];
}

function outputFaults(path: string, key: string, node: SchemaNode): string[] {
  const types = [node.type, ...(node.anyOf ?? []).map(({ type }) => type)].flat();
  const formats = [node.format, ...(node.anyOf ?? []).map(({ format }) => format)];
  return [
    ...(types.includes('boolean') && !BOOLEAN_OUTPUT.test(key)
      ? [`${path} is a boolean. Begin its name with is_ or has_.`]
      : []),
    ...(formats.includes('date-time') && !MOMENT.test(key)
      ? [`${path} is a moment. End its name with _at.`]
      : []),
  ];
}

function* fieldsOf(node: SchemaNode, path: string): Generator<[path: string, key: string, node: SchemaNode]> {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const place = path ? `${path}.${key}` : key;
    yield [place, key, child];
    yield* fieldsOf(child, place);
  }
  for (const child of [...(node.anyOf ?? []), ...(node.items ? [node.items] : [])])
    yield* fieldsOf(child, path);
}
