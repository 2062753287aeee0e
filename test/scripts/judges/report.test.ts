import { expect, test } from 'vitest';
import { describeFaults, tableOf, type Verdict } from '../../../scripts/judges/report.ts';

const verdict = (changes: Partial<Verdict> = {}): Verdict => ({
  name: 'template',
  seconds: 12.4,
  judged: '329 resources',
  findings: 3,
  comparison: { unaccepted: [], outdated: [] },
  isBroken: false,
  ...changes,
});

test('the table has a row for each judge', () => {
  const broken = verdict({ name: 'MCP', judged: 'It did not start.', isBroken: true, findings: 0 });

  expect(tableOf([verdict(), broken])).toBe(
    [
      'judge     findings  new  outdated  seconds  judged',
      'template  3         0    0         12       329 resources',
      'MCP       -         -    -         12       It did not start.',
    ].join('\n'),
  );
});

test.each([
  ['accepted findings', verdict(), ''],
  [
    'a new finding',
    verdict({ comparison: { unaccepted: [{ finding: 'S1: Bucket', detail: 'No log.' }], outdated: [] } }),
    'template, new finding: S1: Bucket\n  No log.',
  ],
  [
    'an outdated entry',
    verdict({ comparison: { unaccepted: [], outdated: [{ finding: 'S1: Bucket', reason: '' }] } }),
    'template, no longer found: S1: Bucket\n  Remove it from scripts/judges/accepted-findings.ts.',
  ],
  [
    'a judge that cannot run',
    verdict({ judged: 'npm ended with 1.', isBroken: true }),
    'template could not judge: npm ended with 1.',
  ],
])('the text of a verdict shows %s', (_, given, text) => {
  expect(describeFaults([given])).toBe(text);
});
