import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineScale } from '../../../../../local/console/page/timeline/timeline-scale.ts';

test.each([
  [0, [0, 0.05, 0.1]],
  [0.4, [0, 0.2, 0.4]],
  [3, [0, 1, 2, 3]],
  [42, [0, 20, 40]],
  [434, [0, 200, 400]],
  [1_531, [0, 1_000]],
  [9_000, [0, 5_000]],
])('the axis of a call of %d ms has lines at %j ms', (durationMs, ticksMs) => {
  expect(timelineScale(durationMs).ticksMs).toEqual(ticksMs.map((tickMs) => expect.closeTo(tickMs, 9)));
});

test('the position of a time is in proportion to the time, and never outside the axis', () => {
  const { percentAt } = timelineScale(200);

  expect([0, 50, 200].map(percentAt)).toEqual([0, 25, 100]);
  expect([-1, 201].map(percentAt)).toEqual([0, 100]);
});

test('the axis has two to four lines for any duration', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 1e7, noNaN: true }), (durationMs) => {
      const { ticksMs, percentAt } = timelineScale(durationMs);
      expect(ticksMs.length).toBeGreaterThanOrEqual(2);
      expect(ticksMs.length).toBeLessThanOrEqual(4);
      for (const tickMs of ticksMs) expect(percentAt(tickMs)).toBeLessThanOrEqual(100);
    }),
  );
});
