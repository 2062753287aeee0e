import { describe, expect, test } from 'vitest';
import { AuthoringError } from '../../../lib/errors/authoring-error.ts';
import { errorRules, type FaultPattern, faultsInText } from '../../../lib/provider/error-rules.ts';

describe('errorRules', () => {
  test('assigns the rule of a row to each name in the row', () => {
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
    ['in two groups', [['locked', 'archived'], ['archived']]],
    ['twice in one group', [['archived', 'archived']]],
  ])('rejects a name that is repeated %s', (_, groups) => {
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
  ])('finds the fault in the text: %s', (text, faults) => {
    expect(faultsInText(text, PATTERNS)).toEqual(faults);
  });
});
