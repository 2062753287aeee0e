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

/** Returns a short description of each row below the first row, which is the step. */
function summaries(requests: readonly TracedRequest[]) {
  return rowsOf(requests)
    .slice(1)
    .map((row) => {
      if (row.kind === 'request') return row.hasFailed ? 'failed' : 'done';
      return row.kind === 'waiting' ? `${row.reason} ${row.span.startMs}-${row.span.endMs}` : row.kind;
    });
}

test('a step has a start and an end, unless the call did not reach the step', () => {
  expect(rowsOf([])).toMatchObject([{ kind: 'step', span: { startMs: 0, endMs: 900 } }]);
  const notReached = { startMs: null, endMs: null, outcome: 'not reached' } as const;
  expect(rowsOf([], notReached)).toMatchObject([{ kind: 'step', span: null }]);
});

test('a wait is shown between two attempts, but not between two requests in direct sequence', () => {
  expect(summaries([request(0, 10, 503), request(210, 220, 200), request(222, 230, 200)])).toEqual([
    'failed',
    'waiting to retry 10-210',
    'done',
    'done',
  ]);
});

test('after a success, a long gap is shown as a wait and a short gap is not', () => {
  expect(summaries([request(0, 10, 200), request(59, 60, 200), request(110, 120, 200)])).toEqual([
    'done',
    'done',
    'no request 60-110',
    'done',
  ]);
});

test('no wait is shown while a parallel request still runs', () => {
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
])('the request %j counts as failed: %j', (sent, hasFailed) => {
  expect(rowsOf([sent])[1]).toMatchObject({ kind: 'request', hasFailed });
});

test('a request without a response lasts until the end of the call', () => {
  expect(rowsOf([request(100, null, null)])[1]).toMatchObject({ span: { startMs: 100, endMs: 1_000 } });
});
