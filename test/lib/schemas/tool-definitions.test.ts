import { expect, test } from 'vitest';
import * as z from 'zod';
import { inputSchema } from '../../../lib/schemas/json-schema.ts';
import { mcpTool } from '../../../lib/schemas/mcp.ts';
import { DEFINITION_FORMATS, toolDefinitions } from '../../../lib/schemas/tool-definitions.ts';
import { everyField, listThings, toolWith } from '../../support/schema-tools.ts';

const ASK = 'A tool of the tests. Ask the user for confirmation before calling this tool.';

test('the MCP definition of a tool has all its fields', () => {
  expect(mcpTool(everyField)).toEqual({
    name: 'acme_do_thing',
    title: 'Do thing (acme)',
    description: 'A tool of the tests.',
    inputSchema: inputSchema(everyField),
    // To save tokens, the schema has no lengths and no bounds, and nothing that is true of every output.
    outputSchema: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        title: { type: ['string', 'null'] },
        tags: { type: 'array', description: 'The tags.', items: { type: 'string' } },
      },
    },
    annotations: { readOnlyHint: true, destructiveHint: false },
  });
});

test('the MCP output schema of a list has its paging fields without descriptions', () => {
  expect(mcpTool(listThings).outputSchema).toEqual({
    type: 'object',
    properties: {
      things: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
      count: { type: 'integer' },
      next_cursor: { type: ['string', 'null'] },
      omitted: { type: 'integer' },
    },
  });
});

test('a field keeps its description if it only shares the name of a paging field', () => {
  const omitted = z.int().describe('Rows of the sheet that are empty.');
  const tool = toolWith({}, { output: { omitted } });

  expect(mcpTool(tool).outputSchema.properties.omitted).toEqual({
    type: 'integer',
    description: 'Rows of the sheet that are empty.',
  });
});

test.each([
  [{ effect: 'read' }, { readOnlyHint: true, destructiveHint: false }],
  [{ effect: 'create' }, { destructiveHint: false }],
  [{ effect: 'create', confirm: true }, { destructiveHint: true }],
  [
    { effect: 'update', idempotent: true },
    { destructiveHint: true, idempotentHint: true },
  ],
  [{ effect: 'delete' }, { destructiveHint: true }],
  [
    { effect: 'delete', confirm: false, idempotent: true },
    { destructiveHint: true, idempotentHint: true },
  ],
] as const)('the MCP hints are correct for %j', (options, annotations) => {
  expect(mcpTool(toolWith({}, options)).annotations).toEqual(annotations);
});

test('the definitions for Anthropic and Converse ask for confirmation in the description, because these formats lack such a field', () => {
  const tool = toolWith({}, { effect: 'delete' });

  expect(toolDefinitions([tool], 'anthropic').tools).toEqual([
    { name: 'acme_do_thing', description: ASK, input_schema: inputSchema(tool) },
  ]);
  expect(toolDefinitions([tool], 'converse').tools).toEqual([
    { toolSpec: { name: 'acme_do_thing', description: ASK, inputSchema: { json: inputSchema(tool) } } },
  ]);
});

test.each(DEFINITION_FORMATS)('the format %s contains every tool', (format) => {
  const { tools } = toolDefinitions([everyField, listThings], format);

  expect(tools).toHaveLength(2);
  expect(JSON.stringify(tools)).toContain('acme_list_things');
});
