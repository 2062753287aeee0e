import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  draftOfInput,
  EMPTY_DRAFT,
  readDraft,
  withInput,
  withJson,
} from '../../../../../local/console/page/call-form/draft.ts';
import { formFields } from '../../../../../local/console/page/call-form/form-fields.ts';

const FIELDS = formFields({
  type: 'object',
  properties: {
    text: { type: 'string', maxLength: 1_000 },
    line: { type: 'string' },
    size: { type: 'integer' },
    is_new: { type: 'boolean' },
    kinds: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
    names: { type: 'array', items: { type: 'string' } },
    rest: { type: 'object' },
  },
});

test('the form returns every input unchanged', () => {
  const keys = fc.constantFrom(...FIELDS.map(({ key }) => key), 'unknown', '__proto__');
  const inputs = fc.dictionary(keys, fc.jsonValue());
  fc.assert(
    fc.property(inputs, (input) => {
      const sent = JSON.parse(JSON.stringify(input));
      const read = readDraft(FIELDS, draftOfInput(FIELDS, sent));
      expect(read.faults).toEqual([]);
      expect(JSON.parse(JSON.stringify(read.input))).toEqual(sent);
    }),
  );
});

test('an empty draft has an empty input', () => {
  expect(readDraft(FIELDS, EMPTY_DRAFT)).toEqual({ input: {}, faults: [] });
});

test('valid JSON becomes the input, and the form shows the same values', () => {
  const draft = withJson(FIELDS, EMPTY_DRAFT, '{"size": 5, "more": 1}');

  expect(draft).toEqual({ values: { size: '5' }, others: { more: 1 }, json: '{"size": 5, "more": 1}' });
  const broken = withJson(FIELDS, draft, '{"size": ');
  expect(broken).toEqual({ ...draft, json: '{"size": ' });
  expect(readDraft(FIELDS, broken)).toEqual({
    input: {},
    faults: [{ path: '', issue: expect.stringMatching(/^This is not JSON: ./) }],
  });
  expect(readDraft(FIELDS, { ...draft, json: '[]' }).faults).toEqual([
    { path: '', issue: 'This is JSON, but not an object. Write { … }.' },
  ]);
  expect(readDraft(FIELDS, { ...draft, json: ' ' })).toEqual({ input: {}, faults: [] });
});

test('every field with invalid JSON is reported', () => {
  const draft = { ...EMPTY_DRAFT, values: { rest: { json: '{' }, names: { json: ']' }, size: '1' } };

  expect(readDraft(FIELDS, draft)).toEqual({
    input: { size: 1 },
    faults: [
      { path: 'names', issue: expect.stringContaining('not JSON') },
      { path: 'rest', issue: expect.stringContaining('not JSON') },
    ],
  });
});

test('an example does not change the mode of the form', () => {
  expect(withInput(FIELDS, EMPTY_DRAFT, { line: 'x' })).toEqual({
    values: { line: 'x' },
    others: {},
    json: null,
  });
  expect(withInput(FIELDS, { ...EMPTY_DRAFT, json: 'broken' }, { line: 'x' }).json).toBe(
    '{\n  "line": "x"\n}',
  );
});
