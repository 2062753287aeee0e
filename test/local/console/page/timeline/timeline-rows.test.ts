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

/** Describes the rows after the step's own. */
function summaries(requests: readonly TracedRequest[]) {
  return rowsOf(requests)
    .slice(1)
    .map((row) => {
      if (row.kind === 'request') return row.hasFailed ? 'failed' : 'done';
      return row.kind === 'waiting' ? `${row.reason} ${row.span.startMs}-${row.span.endMs}` : row.kind;
    });
}

test('a step has its time; a step that was not reached has none', () => {
  expect(rowsOf([])).toMatchObject([{ kind: 'step', span: { startMs: 0, endMs: 900 } }]);
  const notReached = { startMs: null, endMs: null, outcome: 'not reached' } as const;
  expect(rowsOf([], notReached)).toMatchObject([{ kind: 'step', span: null }]);
});

test('there is a wait between attempts, but not between requests in direct sequence', () => {
  expect(summaries([request(0, 10, 503), request(210, 220, 200), request(222, 230, 200)])).toEqual([
    'failed',
    'waiting to retry 10-210',
    'done',
    'done',
  ]);
});

test('a long gap after a success is shown, a short one is not', () => {
  expect(summaries([request(0, 10, 200), request(59, 60, 200), request(110, 120, 200)])).toEqual([
    'done',
    'done',
    'no request 60-110',
    'done',
  ]);
});

test('parallel requests leave no gap before the last one ends', () => {
  expect(summaries([request(0, 300, 200), request(1, 20, 503), request(150, 160, 200)])).toEqual([
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

test('a request without a response lasts until the end of the call', () => {
  expect(rowsOf([request(100, null, null)])[1]).toMatchObject({ span: { startMs: 100, endMs: 1_000 } });
});
