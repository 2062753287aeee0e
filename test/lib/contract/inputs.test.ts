import { expect, test } from 'vitest';
import * as z from 'zod';
import { completeness, completenessOutput } from '../../../lib/contract/completeness.ts';
import { withTextScale } from '../../../lib/contract/fields.ts';
import { emailInput, idInput, readInput, takesNumber, textInput } from '../../../lib/contract/inputs.ts';

const issuesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

test('an ID input removes surrounding spaces, and its error states the expected value', () => {
  const run = idInput('ID of the run.', {
    pattern: /^\d{1,19}$/,
    expected: 'must be digits, from a_list_runs',
  });

  expect(run.parse(' 30433642\n')).toBe('30433642');
  expect(issuesOf(run, 'run 7')).toEqual(['must be digits, from a_list_runs']);
  expect([takesNumber(run), takesNumber(run.describe('Another.')), takesNumber(z.string())]).toEqual([
    true,
    true,
    false,
  ]);
});

test('an ID input accepts a link or a number in place of the ID', () => {
  const run = idInput('ID of the run.', {
    pattern: /^\d{1,19}$/,
    read: (text) => /runs\/(\d+)$/.exec(text)?.[1] ?? text,
    expected: 'must be digits',
  });

  expect(run.parse('https://ci.example/runs/7')).toBe('7');
  expect(takesNumber(run)).toBe(true);
});

test('a pasted text is converted before it is validated', () => {
  const page = readInput('The page.', (text) => text.replace('https://pages.example/', ''), {
    pattern: /^[a-z]+$/,
    expected: 'must be the name of a page',
    maximum: 10,
  });

  expect(page.parse('https://pages.example/home')).toBe('home');
  expect(issuesOf(page, 'https://other.example/home')).toEqual(['must be the name of a page']);
  expect(issuesOf(page, 'a'.repeat(11))).toEqual(['must be the name of a page']);
});

test('a text input does not change the text, and rejects blank texts', () => {
  const text = textInput('What to write.', 10);

  expect(text.parse(' hello ')).toBe(' hello ');
  expect(issuesOf(text, '')).toContain('must not be empty');
  expect(issuesOf(text, ' \n\t ')).toEqual(['must hold more than spaces']);
  // These characters are invisible: https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
  for (const invisible of ['\u200b\u200d', '\u2060 \u00a0', '\u3164', '\u00ad', '\u2800'])
    expect(issuesOf(text, invisible)).toEqual(['must hold more than spaces']);
  expect(issuesOf(text, 'a'.repeat(11))).toHaveLength(1);
});

test.each([
  ['lena@cityferries.example', 'lena@cityferries.example'],
  [' Lena Berg <lena@cityferries.example> ', 'lena@cityferries.example'],
  ['"Berg, Lena" <lena@cityferries.example>', 'lena@cityferries.example'],
  ['<lena@cityferries.example>', 'lena@cityferries.example'],
  ['mailto:lena@cityferries.example', 'lena@cityferries.example'],
])('an email input accepts the address %s', (given, address) => {
  expect(emailInput('Whom.').parse(given)).toBe(address);
});

test.each(['Lena', 'lena@x.example, ada@x.example', 'lena@', '@x.example', 'le na@x.example', 'Lena <>'])(
  'an email input rejects %s',
  (given) => {
    expect(issuesOf(emailInput('Whom.'), given)).toEqual([
      'must be one e-mail address, such as name@example.com',
    ]);
  },
);

test('an output is complete only if nothing is missing', () => {
  const Output = z.strictObject(completenessOutput);

  expect(Output.parse(completeness([]))).toEqual({ is_complete: true, missing: [] });
  expect(
    Output.parse(completeness([undefined, false, 'Files after the 100th.', 'Files after the 100th.'])),
  ).toEqual({
    is_complete: false,
    missing: ['Files after the 100th.'],
  });
  // Even the smallest limit for texts does not shorten these sentences.
  const said = completeness(['Reviewers other than the last 50.']);
  expect(withTextScale(1 / 64, () => Output.parse(said))).toEqual(said);
  expect(Output.parse(completeness(['x'.repeat(500)])).missing[0]).toHaveLength(200);
  const many = completeness(Array.from({ length: 20 }, (_, index) => `Part ${index}.`));
  expect(Output.parse(many).missing).toHaveLength(10);
});
