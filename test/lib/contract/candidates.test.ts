import { expect, test } from 'vitest';
import { onlyMatch } from '../../../lib/contract/candidates.ts';

const ann = { value: '1', label: 'Ann Lee' };
const anna = { value: '2', label: 'Anna Lee' };

test('onlyMatch returns the value of the only exact match and ignores similar things', () => {
  expect(onlyMatch('contact', 'a contact', { exact: [ann], similar: [ann, anna] })).toBe('1');
});

test.each([
  ['several exact matches', { exact: [ann, anna], similar: [] }, [ann, anna]],
  ['only similar things', { exact: [], similar: [anna] }, [anna]],
])('onlyMatch returns an error with candidates for %s', (_, matches, candidates) => {
  expect(() => onlyMatch('contact', 'a contact', matches)).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      details: [{ path: 'contact', issue: 'must name exactly one: a contact', candidates }],
    }),
  );
});

test('onlyMatch returns not_found if nothing matches', () => {
  expect(() => onlyMatch('contact', 'a contact', { exact: [], similar: [] })).toThrow(
    expect.objectContaining({
      code: 'not_found',
      message: expect.stringContaining('the exact name of a contact'),
      details: [{ path: 'contact', issue: 'matches nothing that the account can see' }],
    }),
  );
});
