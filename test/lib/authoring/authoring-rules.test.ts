import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AuthoredTool } from '../../../lib/authoring/authored-tool.ts';
import { AUTHORING_RULES } from '../../../lib/authoring/authoring-rules.ts';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import { listNotes } from '../../support/globex.ts';

/** A tool as it should be. */
const authored: AuthoredTool = {
  tool: {
    ...listNotes,
    description: 'Lists the new notes, newest first.',
    examples: [{ input: {}, output: { notes: [], count: 0, next_cursor: null, omitted: 0 } }],
  },
  file: 'functions/globex/list-notes.ts',
  source: '// https://api.globex.example/notes\nawait api.get(path`/api/notes`);\n',
  testFile: 'functions/globex/test/list-notes.test.ts',
  test: "await everyPage(call, 'notes'); expect(error?.code).toBe('not_found');",
  others: [],
};

/** The faults of a tool that is as it should be but for some changes. */
function faultsOf({ tool = {}, ...around }: { tool?: Partial<Tool> } & Partial<Omit<AuthoredTool, 'tool'>>) {
  const changed = { ...authored, ...around, tool: { ...authored.tool, ...tool } };
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
    ['another file', { file: 'functions/globex/notes.ts' }, /move it to functions\/globex\/list-notes\.ts/],
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
      { others: [authored.tool] },
      /^Its description is that of globex_list_notes\. Say what/,
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
      { tool: { examples: [{ input: {}, output: { notes: 'none' } }] } },
      /^The output of example 1 breaks the contract \(notes: /,
    ],
    [
      'a call without a link',
      { source: 'run() {\n  // Gets it.\n  await api.get(path`/a`);\n}\n' },
      /^Line 3 calls the provider\. Link the documentation/,
    ],
    ['no call', { source: 'run() {}\n' }, /^It calls no provider\./],
    [
      'a long file',
      { source: `// https://example.com\napi.get(\n${'x\n'.repeat(200)}` },
      /^It has 202 lines, of at most 200\./,
    ],
    ['no test', { test: undefined }, /^It has no test\. Write functions\/globex\/test\/list-notes\.test\.ts/],
    ['a test that does not page', { test: 'error' }, /does not page\. Follow next_cursor/],
    ['a test without errors', { test: 'next_cursor' }, /tests no error\. Add what the provider refuses/],
  ])('%s', (_, changes, message) => {
    expect(faultsOf(changes)).toContainEqual(expect.stringMatching(message));
  });
});
