import { expect, test } from 'vitest';
import type { StepName } from '../../../lib/runtime/steps.ts';
import { stepNote } from '../../../local/calls/step-note.ts';

const log = { tool: 'acme_read_thing', surface: 'http' };
const note = (name: StepName, fields: object = {}, failed = false) =>
  stepNote(name, { failed, requests: [], log: { ...log, ...fields } });

test.each<[StepName, object, string]>([
  ['account', { account_from_cache: true }, 'remembered as ACTIVE'],
  ['account', { account_from_cache: false }, 'ACTIVE'],
  ['key', {}, 'no key'],
  ['key', { replayed: true }, 'repeated: returns the earlier answer'],
  ['run', { retries: 1 }, '1 retry'],
  ['run', { retries: 2 }, '2 retries'],
  ['run', { retries: 0 }, ''],
  ['fit', {}, ''],
])('the step %s with %j has the note %s', (name, fields, said) => {
  expect(note(name, fields)).toBe(said);
});

test('the note of a failed step shows the error code, and what failed in a schema or in the tool', () => {
  expect(note('run', { code: 'not_found' }, true)).toBe('not_found');
  expect(note('run', { error_class: 'TypeError' }, true)).toBe('TypeError');
  expect(note('fit', { code: 'internal_error', output_faults: ['id: a', 'url: b'] }, true)).toBe(
    'internal_error; id: a; url: b',
  );
  expect(note('run', { code: 'internal_error', authoring_fault: 'A second write.' }, true)).toBe(
    'internal_error; A second write.',
  );
});

test('the note is empty if there is no log line', () => {
  expect(stepNote('account', { failed: false, requests: [], log: null })).toBe('');
});
