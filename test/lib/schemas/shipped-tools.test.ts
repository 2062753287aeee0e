import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoverTools } from '../../../lib/deploy/discover-tools.ts';
import { inputSchema, outputSchema } from '../../../lib/schemas/json-schema.ts';
import { openAiTool } from '../../../lib/schemas/openai.ts';
import { everyField } from '../../support/schema-tools.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);

/** Returns the errors of a value that does not match a JSON Schema. */
function faults(schema: object, value: unknown): unknown[] {
  return z.fromJSONSchema({ ...schema }).safeParse(value).error?.issues ?? [];
}

describe.each([...shipped, everyField])('$name', (tool) => {
  test('the examples match the JSON Schemas, and an undeclared key does not match', () => {
    for (const { input, output } of tool.examples) {
      expect(faults(inputSchema(tool), input)).toEqual([]);
      expect(faults(outputSchema(tool), output)).toEqual([]);
      expect(faults(inputSchema(tool), { ...input, another_key: 1 })).not.toEqual([]);
      expect(faults(outputSchema(tool), { ...output, another_key: 1 })).not.toEqual([]);
    }
  });

  test('the examples match the strict schema if omitted fields are null', () => {
    const { parameters } = openAiTool(tool).function;
    const nulls = Object.fromEntries(Object.keys(parameters.properties ?? {}).map((key) => [key, null]));
    for (const { input } of tool.examples) {
      // `nulls` contains only the keys of the top level. The nested object needs all its keys, too.
      const place = 'place' in input ? { place: { city: 'Bern', zip: null } } : {};
      expect(faults(parameters, { ...nulls, ...input, ...place })).toEqual([]);
    }
  });
});
