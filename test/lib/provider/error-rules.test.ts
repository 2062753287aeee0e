import { describe, expect, test } from 'vitest';
import { AuthoringError } from '../../../lib/errors/authoring-error.ts';
import { errorRules, type FaultPattern, faultsInText } from '../../../lib/provider/error-rules.ts';

describe('errorRules', () => {
  test('each name of a row has the rule of the row', () => {
    const rules = errorRules([
      ['conflict', ['archived', 'locked'], 'Choose another one.'],
      ['scope_missing', ['scope']],
      ['not_found', []],
    ]);

    expect(rules).toStrictEqual({
      archived: { code: 'conflict', message: 'Choose another one.' },
      locked: { code: 'conflict', message: 'Choose another one.' },
      scope: { code: 'scope_missing' },
    });
  });

  test.each([
    ['of two groups', [['locked', 'archived'], ['archived']]],
    ['of one group', [['archived', 'archived']]],
  ])('a name %s is reported as a mistake', (_, groups) => {
    const table = groups.map((names) => ['conflict', names] as const);

    expect(() => errorRules(table)).toThrow(AuthoringError);
    expect(() => errorRules(table)).toThrow('more than one rule for archived.');
  });
});

describe('faultsInText', () => {
  const PATTERNS: readonly FaultPattern[] = [
    [/^missing: (\w+)/, 'missing'],
    [/: (\w+)/, 'invalid'],
    [/taken/, 'taken'],
  ];

  test.each([
    ['missing: name', [{ field: 'name', fault: 'missing' }]],
    ['wrong: name', [{ field: 'name', fault: 'invalid' }]],
    ['it is taken', [{ field: undefined, fault: 'taken' }]],
    ['something else', []],
    ['', []],
  ])('%s', (text, faults) => {
    expect(faultsInText(text, PATTERNS)).toEqual(faults);
  });
});
