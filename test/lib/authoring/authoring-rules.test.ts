import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tool as listUnread } from '../../../functions/gmail/list-unread.ts';
import type { AuthoredTool } from '../../../lib/authoring/authored-tool.ts';
import { readAuthoredTools } from '../../../lib/authoring/authored-tool.ts';
import { AUTHORING_RULES } from '../../../lib/authoring/authoring-rules.ts';
import type { Tool } from '../../../lib/contract/define-tool.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const shipped = (await readAuthoredTools(PROJECT)).find(({ tool }) => tool === listUnread);

/** The faults of a tool that is as it should be but for some changes. */
function faultsOf({ tool = {}, ...around }: { tool?: Partial<Tool> } & Partial<Omit<AuthoredTool, 'tool'>>) {
  if (!shipped) throw new Error('The tool of the test is not in the project.');
  const changed = { ...shipped, others: [], ...around, tool: { ...shipped.tool, ...tool } };
  return AUTHORING_RULES.flatMap((rule) => rule(changed));
}

const input = (shape: z.ZodRawShape) => ({ tool: { input: z.strictObject(shape) } });
const output = (schema: z.ZodType) => ({ tool: { output: schema, examples: [{ input: {}, output: {} }] } });
const described = z.string().describe('What it is, in words.');

test('a tool that keeps to all rules has no fault', () => {
  expect(faultsOf({})).toEqual([]);
});

describe('a fault says what is wrong and how to mend it', () => {
  test.each<[string, Parameters<typeof faultsOf>[0], string | RegExp]>([
    ['another file', { file: 'functions/gmail/unread.ts' }, /move it to functions\/gmail\/list-unread\.ts/],
    [
      'a name of Scalekit',
      { tool: { name: 'gmail_fetch_mails' }, file: 'functions/gmail/fetch-mails.ts' },
      /^Scalekit has a tool gmail_fetch_mails ready.* choose another name\.$/,
    ],
    ['no description', { tool: { description: '' } }, /^The description of the tool is missing\. Say what/],
    [
      'a long description',
      { tool: { description: 'x'.repeat(501) } },
      /has 501 characters, of at most 500\. Shorten it\.$/,
    ],
    [
      'the description of another',
      { others: [listUnread] },
      /^Its description is that of gmail_list_unread\. Say what/,
    ],
    ['a field without a description', input({ query: z.string() }), /^The description of query is missing\./],
    [
      'a field with a long one',
      input({ query: z.string().describe('x'.repeat(301)) }),
      /^The description of query has 301 characters, of at most 300/,
    ],
    ...['user_id', 'userId', 'identifier', 'connection', 'access_token', 'apiKey', 'password'].map(
      (key): [string, Parameters<typeof faultsOf>[0], RegExp] => [
        `the input ${key}`,
        input({ [key]: described }),
        new RegExp(`^The input ${key} sounds like an identity`),
      ],
    ),
    [
      'an open output',
      output(z.looseObject({})),
      /^the output lets unknown keys pass\. Write z\.strictObject/,
    ],
    [
      'an open object within',
      output(z.strictObject({ a: z.array(z.looseObject({})) })),
      /^a\[\] lets unknown keys pass/,
    ],
    [
      'a text without a limit',
      output(z.strictObject({ a: z.string().nullable() })),
      /^a is a text without a limit/,
    ],
    [
      'a key that may be absent',
      output(z.strictObject({ a: z.int().optional() })),
      /^a of the output may be absent/,
    ],
    ['no scopes', { tool: { scopes: [] } }, /^scopes is empty\. Name the OAuth scopes/],
    ['no examples', { tool: { examples: [] } }, /^examples is empty\. Give at least one/],
    [
      'a wrong input as an example',
      { tool: { examples: [{ input: { nope: 1 }, output: {} }] } },
      /^The input of example 1 breaks the contract \(.*nope.*\)\. Correct one of the two\.$/,
    ],
    [
      'a wrong output as an example',
      { tool: { examples: [{ input: {}, output: { messages: 'none' } }] } },
      /^The output of example 1 breaks the contract \(messages: /,
    ],
    [
      'a call without a link',
      { source: 'run() {\n  // Gets it.\n  await api.get(path`/a`);\n}\n' },
      /^Line 3 calls the provider\. Link the documentation/,
    ],
    ['no call', { source: 'run() {}\n' }, /^It calls no provider\./],
    [
      'a long file',
      { source: `// https://example.com\napi.get(\n${'x\n'.repeat(60)}` },
      /^It has 62 lines, of at most 60\./,
    ],
    ['no test', { test: undefined }, /^It has no test\. Write test\/functions\/gmail\/list-unread\.test\.ts/],
    ['a test that does not page', { test: 'error' }, /does not page\. Follow next_cursor/],
    ['a test without errors', { test: 'next_cursor' }, /tests no error\. Add what the provider refuses/],
  ])('%s', (_, changes, message) => {
    expect(faultsOf(changes)).toContainEqual(expect.stringMatching(message));
  });
});
