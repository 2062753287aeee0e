import { expect, test } from 'vitest';
import { AuthoringError } from '../../../lib/errors/authoring-error.ts';
import { additionalSentence, fitDescription } from '../../../lib/schemas/tool-description.ts';

test.each([
  ['One. Two.', '', 9, 'One. Two.'],
  ['One. Two.', 'Told.', 15, 'One. Two. Told.'],
  ['One. Two.', 'Told.', 14, 'One. Told.'],
  ['', 'Told.', 5, 'Told.'],
  ['Sentence one. Sentence two.', '', 20, 'Sentence one.'],
  ['A. Then a much longer sentence', '', 20, 'A. Then a much…'],
  ['abcdefghij', '', 5, 'abcd…'],
  ['See v1.2 of it now', '', 12, 'See v1.2 of…'],
  ['Long text', 'Told.', 5, 'Told.'],
])(
  'the description %j and the constraints %j are joined, and cut to at most %i characters',
  (description, addition, maximum, expected) => {
    const fitted = fitDescription(description, addition, { maximum, place: 'x' });

    expect(fitted).toBe(expected);
    expect(fitted.length).toBeLessThanOrEqual(maximum);
  },
);

test('constraints that are too long are rejected', () => {
  const fit = () => fitDescription('Text.', 'One of: a, b.', { maximum: 12, place: 'acme_do_thing.state' });

  expect(fit).toThrow(AuthoringError);
  expect(fit).toThrow(
    'acme_do_thing.state: the constraints in its description take 13 of at most 12 characters.',
  );
});

test.each([
  ['Text.', [], ''],
  ['Text.', ['one', 'two'], 'One; two.'],
  ['From 1 to 10.', ['1 to 10'], ''],
  ['From 1 to 100.', ['1 to 10'], '1 to 10.'],
  ['From 1 to 10.5', ['1 to 10'], '1 to 10.'],
  ['From 0.1 to 10', ['1 to 10'], '1 to 10.'],
])('the description %j gets only the missing constraints of %j', (description, parts, expected) => {
  expect(additionalSentence(description, parts)).toBe(expected);
});
