import { describe, expect, test } from 'vitest';
import { soql } from '../shared/soql.ts';

describe('soql', () => {
  test.each([
    ['005D0000001GLoh', "'005D0000001GLoh'"],
    ["O'Brien", "'O\\'Brien'"],
    ["' OR Name != '", "'\\' OR Name != \\''"],
    ["\\' OR Id != null", "'\\\\\\' OR Id != null'"],
    ['ends in \\', "'ends in \\\\'"],
    ['"quoted"', `'\\"quoted\\"'`],
    ['two\r\nlines\tand\b\f', "'two\\r\\nlines\\tand\\b\\f'"],
    ['$& $1', "'$& $1'"],
    ['', "''"],
  ])('inserts %j as one literal', (value, literal) => {
    expect(soql`SELECT Id FROM User WHERE Name = ${value} LIMIT 1`).toBe(
      `SELECT Id FROM User WHERE Name = ${literal} LIMIT 1`,
    );
  });

  test('escapes any text so that the text cannot end the literal', () => {
    const characters = ["'", '\\', '"', '\n', 'a'];
    const texts = characters.flatMap((one) =>
      characters.flatMap((two) => characters.map((three) => one + two + three)),
    );

    for (const text of texts) expect(soql`${text}`).toMatch(/^'(?:[^'\\\n]|\\.)*'$/);
  });
});

test('soql inserts a list of values as a list of literals', () => {
  expect(soql`WHERE Id IN ${['a', "b'c"]} ORDER BY Id`).toBe("WHERE Id IN ('a','b\\'c') ORDER BY Id");
});
