import { expect, test } from 'vitest';
import { type FaultPattern, faultsInText } from '../../../lib/provider/faults-in-text.ts';

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
