import type { RecordedCall } from '../../console-api.ts';

export type CallTrace = RecordedCall['trace'];
export type TracedStep = CallTrace['steps'][number];
export type TracedRequest = TracedStep['requests'][number];

export interface Span {
  startMs: number;
  endMs: number;
}

export type TimelineRow =
  | { kind: 'step'; step: TracedStep; span: Span | null }
  | { kind: 'request'; request: TracedRequest; span: Span; hasFailed: boolean }
  | { kind: 'waiting'; span: Span; reason: string };

// A gap after a failed request is shown as a wait before a retry if it is at least this long.
const RETRY_WAIT_LEAST_MS = 5;
const OTHER_WAIT_LEAST_MS = 50;

/**
 * The rows of a timeline. Each step is followed by its requests, and waits between two requests have their
 * own rows.
 */
export function timelineRows({ steps, durationMs }: CallTrace): TimelineRow[] {
  return steps.flatMap((step) => [
    { kind: 'step' as const, step, span: spanOf(step) },
    ...rowsOfRequests(step.requests, durationMs),
  ]);
}

function spanOf({ startMs, endMs }: TracedStep): Span | null {
  return startMs === null || endMs === null ? null : { startMs, endMs };
}

function rowsOfRequests(requests: readonly TracedRequest[], durationMs: number): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let busyUntilMs: number | null = null;
  let lastFailed = false;
  for (const request of requests) {
    const leastMs = lastFailed ? RETRY_WAIT_LEAST_MS : OTHER_WAIT_LEAST_MS;
    if (busyUntilMs !== null && request.startMs - busyUntilMs >= leastMs) {
      const span = { startMs: busyUntilMs, endMs: request.startMs };
      rows.push({ kind: 'waiting', span, reason: lastFailed ? 'waiting to retry' : 'no request' });
    }
    const endMs = request.endMs ?? durationMs;
    lastFailed = hasRequestFailed(request);
    rows.push({
      kind: 'request',
      request,
      span: { startMs: request.startMs, endMs },
      hasFailed: lastFailed,
    });
    busyUntilMs = Math.max(busyUntilMs ?? 0, endMs);
  }
  return rows;
}

function hasRequestFailed({ status, error, emulator }: TracedRequest): boolean {
  return error !== null || emulator !== undefined || status === null || status >= 400;
}
