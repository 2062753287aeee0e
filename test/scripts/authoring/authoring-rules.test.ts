import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import type { AuthoredTool } from '../../../scripts/authoring/authored-tool.ts';
import { AUTHORING_RULES } from '../../../scripts/authoring/authoring-rules.ts';
import { listNotes } from '../../support/globex.ts';

/** A tool without faults. */
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

/** Applies the changes to `authored`, and returns the faults of the changed tool. */
function faultsOf({ tool = {}, ...around }: { tool?: Partial<Tool> } & Partial<Omit<AuthoredTool, 'tool'>>) {
  const changed = { ...authored, ...around, tool: { ...authored.tool, ...tool } };
  return AUTHORING_RULES.flatMap((rule) => rule(changed));
}

const input = (shape: z.ZodRawShape) => ({ tool: { input: z.strictObject(shape) } });
const output = (schema: z.ZodType) => ({ tool: { output: schema, examples: [{ input: {}, output: {} }] } });
const described = z.string().describe('What it is, in words.');

test('a tool that follows all rules has no faults', () => {
  expect(faultsOf({})).toEqual([]);
});

test.each([
  ['a long contract', 'x\n'.repeat(300)],
  ['a run function of 25 lines', `  async run({ page }, { api }) {\n${'    x;\n'.repeat(23)}  },\n`],
  ['a run function of one line', `  run: async () => ({}),\n});\n${'x\n'.repeat(30)}  },\n`],
])('%s is not reported as a fault', (_, source) => {
  expect(faultsOf({ source: `${authored.source}${source}` })).toEqual([]);
});

test.each<[string, Partial<Tool>, string]>([
  ['beside the field `confirm`', { effect: 'create' }, 'confirm: false, // A draft goes nowhere.'],
  [
    'above the field `confirm`',
    { effect: 'update' },
    '// Nothing brings the old text back.\n  confirm: true,',
  ],
  ['by the effect of the tool', { effect: 'delete' }, ''],
])('a write has no faults if the reason for its confirmation is given %s', (_, tool, line) => {
  expect(faultsOf({ tool, source: `${authored.source}const tool = {\n  ${line}\n};\n` })).toEqual([]);
});

describe('the text of a fault', () => {
  test.each<[string, Parameters<typeof faultsOf>[0], string | RegExp]>([
    [
      'a tool in a file with another name',
      { file: 'functions/globex/notes.ts' },
      /Move it to functions\/globex\/list-notes\.ts/,
    ],
    [
      "a name that Scalekit's own tool has",
      { tool: { name: 'gmail_fetch_mails' }, file: 'functions/gmail/fetch-mails.ts' },
      /^Scalekit already has a tool gmail_fetch_mails, .* choose another name\.$/,
    ],
    ['no description', { tool: { description: '' } }, /^The description of the tool is missing\. Say what/],
    [
      'a long description',
      { tool: { description: 'x'.repeat(501) } },
      /has 501 characters, of at most 500\. Shorten it\.$/,
    ],
    [
      'the description of another tool',
      { others: [authored.tool] },
      /^It has the same description as globex_list_notes\. Say what/,
    ],
    [
      'a description that names a tool that the project does not have',
      { tool: { description: 'Lists the notes that globex_add_note has made.' } },
      /^Its contract names globex_add_note, which no agent of this project has\. Name a tool/,
    ],
    [
      'a field of the output that names a tool that the project does not have',
      output(z.strictObject({ a: z.int().describe('For globex_get_note.') })),
      /^Its contract names globex_get_note,/,
    ],
    ['a field without a description', input({ query: z.string() }), /^The description of query is missing\./],
    [
      'a field with a long description',
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
      'an output that allows undeclared keys',
      output(z.looseObject({})),
      /^the output lets unknown keys pass\. Write z\.strictObject/,
    ],
    [
      'an output with an inner object that allows undeclared keys',
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
      'a call without a link to the documentation',
      { source: 'run() {\n  // Gets it.\n  await api.get(path`/a`);\n}\n' },
      /^Line 3 calls the provider\. Link the documentation/,
    ],
    ['a tool that does not call its provider', { source: 'run() {}\n' }, /^It does not call its provider\./],
    [
      'a long run',
      { source: `${authored.source}  async run({ page }, { api }) {\n${'    x;\n'.repeat(24)}  },\n` },
      /^run has 26 lines, of at most 25\. Move a part of it into a function\.$/,
    ],
    [
      'a write that does not say whether the user is asked first',
      { tool: { effect: 'update' } },
      /^It does not say whether the user is asked first\. Write confirm: true if .* with the reason in a comment\.$/,
    ],
    [
      'a write that says whether the user is asked first, but not why',
      { tool: { effect: 'create' }, source: `${authored.source}const tool = {\n  confirm: false,\n};\n` },
      /^confirm has no reason\. Say in a comment beside it why the user is asked first, or why not\.$/,
    ],
    [
      'a delete without confirmation, and without a reason',
      { tool: { effect: 'delete' }, source: `${authored.source}const tool = {\n  confirm: false,\n};\n` },
      /^confirm has no reason\./,
    ],
    ['no test', { test: undefined }, /^It has no test\. Write functions\/globex\/test\/list-notes\.test\.ts/],
    ['a test without paging', { test: 'error' }, /does not test paging\. Follow next_cursor/],
    [
      'a test without errors of the provider',
      { test: 'next_cursor' },
      /tests no error\. Add the provider's errors/,
    ],
  ])('says what is wrong and how to fix it: %s', (_, changes, message) => {
    expect(faultsOf(changes)).toContainEqual(expect.stringMatching(message));
  });
});
