import { expect, test } from 'vitest';
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
    // Without lengths and bounds.
    outputSchema: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        title: { type: ['string', 'null'] },
        tags: { type: 'array', description: 'The tags.', items: { type: 'string' } },
      },
      required: ['id', 'title', 'tags'],
    },
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  });
});

test.each([
  [{ effect: 'read' }, [true, false, true]],
  [{ effect: 'create' }, [false, false, false]],
  [{ effect: 'create', confirm: true }, [false, true, false]],
  [{ effect: 'update', idempotent: true }, [false, true, true]],
  [{ effect: 'delete' }, [false, true, false]],
  [{ effect: 'delete', confirm: false, idempotent: true }, [false, true, true]],
] as const)('the hints of %j', (options, [readOnlyHint, destructiveHint, idempotentHint]) => {
  expect(mcpTool(toolWith({}, options)).annotations).toEqual({
    readOnlyHint,
    destructiveHint,
    idempotentHint,
    openWorldHint: true,
  });
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
