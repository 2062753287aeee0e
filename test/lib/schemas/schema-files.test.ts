import { expect, test } from 'vitest';
import { schemaFiles } from '../../../lib/schemas/schema-files.ts';
import { everyField, listThings } from '../../support/schema-tools.ts';

const options = { version: '1.0.0', servers: ['/'] };

test('each format has one file, and Bedrock has one file for each tool', () => {
  const files = schemaFiles([everyField, listThings], options);

  expect(Object.keys(files)).toEqual([
    'openapi.json',
    'mcp.json',
    'openai.json',
    'anthropic.json',
    'converse.json',
    'agentcore.json',
    'bedrock/functions.json',
    'bedrock/acme_do_thing.openapi.json',
    'bedrock/acme_list_things.openapi.json',
    'bedrock/groups/acme_do_thing.json',
    'bedrock/groups/acme_list_things.json',
  ]);
  expect(files['agentcore.json']).toMatchObject({
    targets: [
      {
        name: expect.stringMatching(/^acme-dt-/),
        toolSchema: { inlinePayload: [{ name: 'acme_do_thing' }] },
      },
      { name: expect.stringMatching(/^acme-lt-/) },
    ],
  });
});

test('only a tool with few fields has a file for function details', () => {
  expect(schemaFiles([everyField, listThings], options)['bedrock/functions.json']).toMatchObject({
    actionGroups: [{ functionSchema: { functions: [{ name: 'acme_list_things' }] } }],
  });
});

test('tools whose names agents could not distinguish are rejected', () => {
  expect(() => schemaFiles([listThings, listThings], options)).toThrow(
    /^acme_list_things and acme_list_things are both acme-lt-\w{7} to agents\. Rename one\.$/,
  );
});

test('the request for an action group has function details, or OpenAPI if the tool has too many fields', () => {
  const files = schemaFiles([everyField, listThings], options);

  expect(files['bedrock/groups/acme_list_things.json']).toEqual({
    actionGroupName: expect.stringMatching(/^acme-lt-/),
    description: expect.any(String),
    actionGroupState: 'ENABLED',
    functionSchema: { functions: [expect.objectContaining({ name: 'acme_list_things' })] },
  });
  expect(files['bedrock/groups/acme_do_thing.json']).toEqual({
    actionGroupName: expect.stringMatching(/^acme-dt-/),
    description: expect.any(String),
    actionGroupState: 'ENABLED',
    apiSchema: { payload: JSON.stringify(files['bedrock/acme_do_thing.openapi.json']) },
  });
});
