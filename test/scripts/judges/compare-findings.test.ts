import { describe, expect, test } from 'vitest';
import { ACCEPTED_FINDINGS } from '../../../scripts/judges/accepted-findings.ts';
import { compareFindings } from '../../../scripts/judges/compare-findings.ts';

const reason = 'It is right.';
const compare = (found: readonly string[], accepted: readonly string[]) => {
  const { unaccepted, outdated } = compareFindings(
    found.map((finding) => ({ finding })),
    accepted.map((finding) => ({ finding, reason })),
  );
  return [unaccepted, outdated].map((entries) => entries.map(({ finding }) => finding));
};

describe('the comparison with the accepted findings', () => {
  test.each([
    ['no findings', [], [], [[], []]],
    ['an accepted finding', ['S1: Bucket'], ['S1: Bucket'], [[], []]],
    ['a new finding', ['S1: Bucket', 'S2: Bucket'], ['S1: Bucket'], [['S2: Bucket'], []]],
    ['an outdated entry', ['S1: Bucket'], ['S1: Bucket', 'S2: Bucket'], [[], ['S2: Bucket']]],
    ['the same rule at another place', ['S1: Table'], ['S1: Bucket'], [['S1: Table'], ['S1: Bucket']]],
    [
      'an entry with a wildcard at the beginning of the place',
      ['L1: ReadRole', 'L1: McpRole'],
      ['L1: *Role'],
      [[], []],
    ],
    ['a wildcard that stands for no characters', ['L1: Role'], ['L1: *Role'], [[], []]],
    [
      'a place that is longer than the place of the entry',
      ['L1: ReadRolePolicy'],
      ['L1: *Role'],
      [['L1: ReadRolePolicy'], ['L1: *Role']],
    ],
    ['characters of regular expressions', ['I5[Resource::*]: R'], ['I5[Resource::*]: R'], [[], []]],
    ['a dot, which stands only for a dot', ['a_b'], ['a.b'], [['a_b'], ['a.b']]],
    ['a bracket, which does not begin a set of characters', ['IR: x'], ['I[R]: x'], [['IR: x'], ['I[R]: x']]],
    ['a finding of several lines', ['S1: a\nb'], ['S1: *'], [[], []]],
    ['an entry that accepts several findings', ['S1: a', 'S1: b', 'S2: a'], ['S1: *'], [['S2: a'], []]],
  ])('returns the new findings and the outdated entries: %s', (_, found, accepted, expected) => {
    expect(compare(found, accepted)).toEqual(expected);
  });

  test('returns a new finding with its detail', () => {
    const findings = [{ finding: 'S1: Bucket', detail: 'It has no log.' }];

    expect(compareFindings(findings, []).unaccepted).toEqual(findings);
  });
});

test.each(Object.entries(ACCEPTED_FINDINGS))(
  'no two entries in the list of the judge %s are for the same finding',
  (_, accepted) => {
    const texts = accepted.map(({ finding }) => finding);

    expect(new Set(texts).size).toBe(texts.length);
    for (const { finding, reason: why } of accepted) {
      expect(why.length).toBeGreaterThan(20);
      // An entry that begins with a wildcard could match, and therefore hide, new findings.
      expect(finding).toMatch(/^[^*]{3}/);
    }
  },
);
