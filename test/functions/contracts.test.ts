import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';

// What every tool keeps to, whoever wrote it.
const PROJECT = join(import.meta.dirname, '../..');
const FILE_LINES_MAX = 60;
const DESCRIPTION_LENGTH_MIN = 10;
const DESCRIPTION_LENGTH_MAX = 500;
const FIELD_DESCRIPTION_LENGTH_MAX = 300;
const IDENTITY =
  /^(user|user_id|identifier|identity|account|account_id|connection|connected_account|token|access_token|api_key|secret|password)$/;

const JsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
  maxLength: z.number().optional(),
  enum: z.unknown().optional(),
});

/** The places in an output's JSON Schema where it is not closed, or a text has no limit. */
function openPlaces(schema: unknown, path = ''): string[] {
  if (schema === undefined) return [];
  const {
    type,
    properties,
    required,
    additionalProperties,
    items,
    anyOf,
    maxLength,
    enum: values,
  } = JsonSchema.parse(schema);
  const own = [];
  if ([type].flat().includes('object') && additionalProperties !== false)
    own.push(`${path} lets unknown keys pass`);
  if ([type].flat().includes('string') && maxLength === undefined && !values)
    own.push(`${path} has no limit; use text(maximum) or id()`);
  for (const key of Object.keys(properties)) {
    if (!required.includes(key)) own.push(`${path}.${key} may be absent; make it nullable instead`);
  }
  return [
    ...own,
    ...Object.entries(properties).flatMap(([key, child]) => openPlaces(child, `${path}.${key}`)),
    ...anyOf.flatMap((child) => openPlaces(child, path)),
    ...openPlaces(items, `${path}[]`),
  ];
}

const tools = await discoverTools(PROJECT);

/** What is wrong with a description, in words. */
function descriptionFaults(what: string, description: string, maximum: number): string[] {
  if (description.length < DESCRIPTION_LENGTH_MIN)
    return [`${what} needs a description that a model can act on`];
  if (description.length > maximum)
    return [`the description of ${what} is longer than ${maximum} characters`];
  return [];
}

test('there are tools, and none has the description of another', () => {
  expect(tools.length).toBeGreaterThan(0);
  expect(new Set(tools.map(({ tool }) => tool.description)).size).toBe(tools.length);
});

describe.each(tools.map((found) => ({ name: found.tool.name, ...found })))('$name', ({ tool, file }) => {
  test('is in the file of its name', () => {
    const { name } = tool.connector;
    const verbObject = tool.name.slice(name.length + 1);

    const expected = `functions/${name}/${verbObject.replaceAll('_', '-')}.ts`;
    expect(file, `rename ${file} to ${expected}, or the tool`).toBe(expected);
  });

  test('is described, and so is every field of its input', () => {
    const fields = Object.entries(tool.input.shape);
    const faults = [
      ...descriptionFaults(tool.name, tool.description, DESCRIPTION_LENGTH_MAX),
      ...fields.flatMap(([key, field]) =>
        descriptionFaults(key, z.globalRegistry.get(field)?.description ?? '', FIELD_DESCRIPTION_LENGTH_MAX),
      ),
    ];

    expect(faults.join('\n')).toBe('');
  });

  test('names the scopes that it needs', () => {
    expect(tool.scopes, 'scopes is empty; name what the documentation of the provider asks for').not.toEqual(
      [],
    );
  });

  test('takes no user, connection or credential from the model', () => {
    const faults = Object.keys(tool.input.shape)
      .filter((key) => IDENTITY.test(key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)))
      .map(
        (key) =>
          `${key} sounds like an identity or a credential, which never come from a model; rename or remove it`,
      );

    expect(faults.join('\n')).toBe('');
  });

  test('has an output in which every key is there and every text is limited', () => {
    const open = openPlaces(z.toJSONSchema(tool.output));

    expect(open.filter((place) => !place.startsWith('.next_cursor ')).join('\n')).toBe('');
  });

  test('has examples that keep its contract', () => {
    expect(
      tool.examples?.length,
      'examples is empty; give at least one input with its output',
    ).toBeGreaterThan(0);
    for (const example of tool.examples) {
      expect(tool.input.safeParse(example.input).error?.issues ?? []).toEqual([]);
      expect(tool.output.parse(example.output)).toEqual(example.output);
    }
  });

  test('is short, and links the documentation of each provider call', async () => {
    const lines = (await readFile(join(PROJECT, file), 'utf8')).trimEnd().split('\n');
    const calls = lines.flatMap((line, index) =>
      /\bapi\.(get|post|put|patch|delete)\(/.test(line) ? [index] : [],
    );
    const faults = calls
      .filter((index) => !/\/\/ .*https:\/\//.test(lines[index - 1] ?? ''))
      .map(
        (index) =>
          `line ${index + 1} calls the provider; link its documentation in a comment on the line above`,
      );

    expect(faults.join('\n')).toBe('');
    expect(calls.length, 'the tool calls no provider').toBeGreaterThan(0);
    expect(
      lines.length,
      `${file} is too long; move what other tools could use beside it`,
    ).toBeLessThanOrEqual(FILE_LINES_MAX);
  });
});
