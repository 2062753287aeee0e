import { expect, test } from 'vitest';
import { commentedCode } from '../shared/commented-code.ts';

const lines = (count: number, text = '') =>
  Array.from({ length: count }, (_, index) => `+${index + 1}${text}`);
const hunk = (...code: string[]) => ['@@ -0,0 +1,40 @@ class A {', ...code].join('\n');

test.each([
  [
    'the commented line and the three lines above it',
    hunk(...lines(40)),
    { originalLine: 40 },
    '+37\n+38\n+39\n+40',
  ],
  ['all lines of a diff that has only two lines', hunk('+1', ' 2'), { originalLine: 2 }, '+1\n 2'],
  [
    'the commented lines and the three lines above them',
    hunk(...lines(40)),
    { originalLine: 40, originalStartLine: 39 },
    '+36\n+37\n+38\n+39\n+40',
  ],
  [
    'at most 20 lines',
    hunk(...lines(40)),
    { originalLine: 40, originalStartLine: 1 },
    lines(40).slice(20).join('\n'),
  ],
  [
    'at most 1,000 characters, but always the entire last line',
    hunk(...lines(3, 'x'.repeat(990))),
    { originalLine: 3 },
    lines(3, 'x'.repeat(990))[2],
  ],
  [
    'a line of code that begins like the header of a diff',
    hunk('+@@ 1', ' @@ 2'),
    { originalLine: 2 },
    '+@@ 1\n @@ 2',
  ],
  [
    'the commented lines if the given last line is above the given first line',
    hunk(...lines(9)),
    { originalLine: 2, originalStartLine: 9 },
    '+6\n+7\n+8\n+9',
  ],
  ['null for a diff that has only a header', '@@ -1,1 +1,1 @@', { originalLine: 1 }, null],
  ['null for a comment on an entire file', '', { originalLine: null }, null],
])('commentedCode returns %s', (_, diffHunk, place, code) => {
  expect(commentedCode(diffHunk, place)).toBe(code);
});
