import { expect, test } from 'vitest';
import * as z from 'zod';
import { idInput, integerInput } from '../../../lib/contract/inputs.ts';
import { coerceInput } from '../../../lib/runtime/coerce-input.ts';

const runId = () => idInput('ID of the run.', { pattern: /^\d+$/, expected: 'must be digits' });
const NOT_A_PAGE = 'must be the number of a page, such as 5';
const page = integerInput('The page.', {
  minimum: 1,
  maximum: 99,
  read: (text, { kind }) =>
    text.startsWith('/closed/') && kind !== 'closed' ? undefined : /\d+$/.exec(text)?.[0],
  expected: NOT_A_PAGE,
});
const Input = z.strictObject({
  text: z.string(),
  note: z.string().min(1).optional(),
  run_id: runId().optional(),
  run_ids: z.array(runId()).optional(),
  count: z.int().optional(),
  page: page.optional(),
  is_open: z.boolean().optional(),
  fields: z.array(z.string()).optional(),
  place: z.strictObject({ city: z.string() }).optional(),
  kind: z.enum(['open', 'closed']).optional(),
});

test.each<[what: string, given: object, input: object]>([
  ['a number as text', { count: '5' }, { count: 5 }],
  ['a boolean as text', { is_open: 'true' }, { is_open: true }],
  ['an integer in a link', { page: ' /closed/7 ', kind: 'closed' }, { page: 7, kind: 'closed' }],
  ['an integer', { page: 7 }, { page: 7 }],
  ['an ID as a number', { run_id: 21_345 }, { run_id: '21345' }],
  ['IDs as numbers', { run_ids: [1, '2'] }, { run_ids: ['1', '2'] }],
  ['an array as JSON text', { fields: '["Name", "Amount__c"]' }, { fields: ['Name', 'Amount__c'] }],
  ['an array as text with commas', { fields: 'Name, Amount__c' }, { fields: ['Name', 'Amount__c'] }],
  ['an object as JSON text', { place: '{"city":"Bern"}' }, { place: { city: 'Bern' } }],
  ['null for an optional key', { count: null, kind: null }, {}],
  ['free text that looks like a list', { text: '[1, 2]' }, { text: '[1, 2]' }],
  ['a key that is not declared', { other: '5' }, { other: '5' }],
])('coerceInput accepts %s', (_, given, input) => {
  expect(coerceInput(Input, given)).toEqual({ input, details: [] });
});

test.each<[what: string, given: object, path: string, issue: string]>([
  ['a text that is not a number', { count: 'many' }, 'count', 'must be a number, such as 5'],
  [
    'an ID that is too large for a number',
    { run_id: 2 ** 60 },
    'run_id',
    'is too long for a number; send it as text, in quotes',
  ],
  [
    'an ID with a fraction',
    { run_ids: [1.5] },
    'run_ids',
    'is too long for a number; send it as text, in quotes',
  ],
  ['a link without its integer', { page: '/closed/' }, 'page', NOT_A_PAGE],
  ['an empty optional text', { note: '' }, 'note', 'is empty; leave it out'],
  ['an empty optional number', { count: '' }, 'count', 'is empty; leave it out'],
])('coerceInput returns a fault for %s', (_, given, path, issue) => {
  expect(coerceInput(Input, given)).toEqual({ input: {}, details: [{ path, issue }] });
});

test.each([null, undefined, 'text', 7, [1]])(
  'coerceInput leaves %j unchanged, so that the schema rejects this value',
  (raw) => {
    expect(coerceInput(Input, raw)).toEqual({ input: raw, details: [] });
  },
);

test('coerceInput leaves a number in place of a free text unchanged, so that the schema rejects this number', () => {
  expect(coerceInput(Input, { text: 5 })).toEqual({ input: { text: 5 }, details: [] });
});

test('coerceInput returns a fault for a link that contradicts another field', () => {
  const { details } = coerceInput(Input, { page: '/closed/7', kind: 'open' });

  expect(details).toEqual([{ path: 'page', issue: NOT_A_PAGE }]);
});

test.each([0, 100, 1.5])(
  'coerceInput rejects an integer outside its bounds, %j, and the error states the expected value',
  (given) => {
    expect(page.safeParse(given).error?.issues[0]?.message).toBe(NOT_A_PAGE);
  },
);
