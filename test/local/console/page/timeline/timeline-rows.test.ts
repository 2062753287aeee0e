import { expect, test } from 'vitest';
import {
  type TimelineRow,
  type TracedRequest,
  type TracedStep,
  timelineRows,
} from '../../../../../local/console/page/timeline/timeline-rows.ts';

function request(startMs: number, endMs: number | null, status: number | null, error: string | null = null) {
  return { to: 'provider', method: 'GET', target: '/things', startMs, endMs, status, error } as const;
}

function rowsOf(requests: readonly TracedRequest[], step: Partial<TracedStep> = {}): TimelineRow[] {
  const run: TracedStep = {
    name: 'run',
    startMs: 0,
    endMs: 900,
    outcome: 'done',
    note: '',
    requests,
    ...step,
  };
  return timelineRows({ durationMs: 1_000, steps: [run] });
}

/** What is told of the rows after that of the step. */
function told(requests: readonly TracedRequest[]) {
  return rowsOf(requests)
    .slice(1)
    .map((row) => {
      if (row.kind === 'request') return row.hasFailed ? 'failed' : 'done';
      return row.kind === 'waiting' ? `${row.reason} ${row.span.startMs}-${row.span.endMs}` : row.kind;
    });
}

test('a step has its time; one that was not reached has none', () => {
  expect(rowsOf([])).toMatchObject([{ kind: 'step', span: { startMs: 0, endMs: 900 } }]);
  const notReached = { startMs: null, endMs: null, outcome: 'not reached' } as const;
  expect(rowsOf([], notReached)).toMatchObject([{ kind: 'step', span: null }]);
});

test('between two attempts there is a wait, and none between requests that follow at once', () => {
  expect(told([request(0, 10, 503), request(210, 220, 200), request(222, 230, 200)])).toEqual([
    'failed',
    'waiting to try again 10-210',
    'done',
    'done',
  ]);
});

test('a long pause after a success is said to be one, a short one is work', () => {
  expect(told([request(0, 10, 200), request(59, 60, 200), request(110, 120, 200)])).toEqual([
    'done',
    'done',
    'nothing under way 60-110',
    'done',
  ]);
});

test('what runs side by side leaves no wait before the last of it has ended', () => {
  expect(told([request(0, 300, 200), request(1, 20, 503), request(150, 160, 200)])).toEqual([
    'done',
    'failed',
    'done',
  ]);
});

test.each<[TracedRequest, boolean]>([
  [request(0, 1, 204), false],
  [request(0, 1, 304), false],
  [request(0, 1, 404), true],
  [request(0, 1, null, 'ECONNRESET'), true],
  [request(0, 1, 200, 'terminated'), true],
  [request(0, null, null), true],
])('%j has failed: %j', (sent, hasFailed) => {
  expect(rowsOf([sent])[1]).toMatchObject({ kind: 'request', hasFailed });
});

test('what was never answered lasts until the end of the call', () => {
  expect(rowsOf([request(100, null, null)])[1]).toMatchObject({ span: { startMs: 100, endMs: 1_000 } });
});
