import { expect, test } from 'vitest';
import { interleave } from '../../../scripts/bench/interleave.ts';
import { TOOLS } from '../../../scripts/bench/subjects.ts';
import { hasTools } from '../../support/project-tools.ts';

const isPossible = hasTools(TOOLS.read.name, TOOLS.write.name);

test.skipIf(!isPossible)(
  'each of 3,000 interleaved calls of 100 users gets only its own response, even with faults',
  async () => {
    const { endings, crossed, unexplained, repeated } = await interleave({
      calls: 3_000,
      users: 100,
      atOnce: 50,
    });

    expect(crossed).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(repeated).toEqual([]);
    // These outcomes show that faults occurred during calls, and that keys were used repeatedly.
    for (const ending of ['200', '200 replayed', 'outcome_unknown', 'rate_limited'])
      expect(endings[ending], ending).toBeGreaterThan(0);
  },
  240_000,
);
