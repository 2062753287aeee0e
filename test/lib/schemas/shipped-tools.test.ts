import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoverTools } from '../../../lib/deploy/discover-tools.ts';
import { inputSchema, outputSchema } from '../../../lib/schemas/json-schema.ts';
import { openAiTool } from '../../../lib/schemas/openai.ts';
import { everyField } from '../../support/schema-tools.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);

/** Returns the faults of a value against a JSON Schema. */
function faults(schema: object, value: unknown): unknown[] {
  return z.fromJSONSchema({ ...schema }).safeParse(value).error?.issues ?? [];
}

describe.each([...shipped, everyField])('$name', (tool) => {
  test('its examples keep its JSON Schemas, and another key does not', () => {
    for (const { input, output } of tool.examples) {
      expect(faults(inputSchema(tool), input)).toEqual([]);
      expect(faults(outputSchema(tool), output)).toEqual([]);
      expect(faults(inputSchema(tool), { ...input, another_key: 1 })).not.toEqual([]);
      expect(faults(outputSchema(tool), { ...output, another_key: 1 })).not.toEqual([]);
    }
  });

  test('its examples keep the strict schema, with null for what they leave out', () => {
    const { parameters } = openAiTool(tool).function;
    const nulls = Object.fromEntries(Object.keys(parameters.properties ?? {}).map((key) => [key, null]));
    for (const { input } of tool.examples) {
      // Only the keys of the input itself are completed; a nested object already has all of its keys.
      const place = 'place' in input ? { place: { city: 'Bern', zip: null } } : {};
      expect(faults(parameters, { ...nulls, ...input, ...place })).toEqual([]);
    }
  });
});
