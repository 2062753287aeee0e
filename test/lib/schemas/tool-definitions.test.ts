import { expect, test } from 'vitest';
import * as z from 'zod';
import { inputSchema } from '../../../lib/schemas/json-schema.ts';
import { mcpTool } from '../../../lib/schemas/mcp.ts';
import { DEFINITION_FORMATS, toolDefinitions } from '../../../lib/schemas/tool-definitions.ts';
import { everyField, listThings, toolWith } from '../../support/schema-tools.ts';

const ASK = 'A tool of the tests. Ask the user for confirmation before calling this tool.';

test('of the Model Context Protocol', () => {
  expect(mcpTool(everyField)).toEqual({
    name: 'acme_do_thing',
    title: 'Do thing (acme)',
    description: 'A tool of the tests.',
    inputSchema: inputSchema(everyField),
    // Without lengths and bounds, and without what is true of every output.
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

test('the output of a list has its paging fields, which the instructions of the MCP server describe', () => {
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

test('a field that only has the name of a paging field keeps its description', () => {
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
] as const)('the hints of %j', (options, annotations) => {
  expect(mcpTool(toolWith({}, options)).annotations).toEqual(annotations);
});

test('of Anthropic and of Converse, which have no field for confirmation', () => {
  const tool = toolWith({}, { effect: 'delete' });

  expect(toolDefinitions([tool], 'anthropic').tools).toEqual([
    { name: 'acme_do_thing', description: ASK, input_schema: inputSchema(tool) },
  ]);
  expect(toolDefinitions([tool], 'converse').tools).toEqual([
    { toolSpec: { name: 'acme_do_thing', description: ASK, inputSchema: { json: inputSchema(tool) } } },
  ]);
});

test.each(DEFINITION_FORMATS)('every tool in the format %s', (format) => {
  const { tools } = toolDefinitions([everyField, listThings], format);

  expect(tools).toHaveLength(2);
  expect(JSON.stringify(tools)).toContain('acme_list_things');
});
