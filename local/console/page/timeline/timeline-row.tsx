import { milliseconds } from '../shared/measures.ts';
import type { TimelineRow as Row, Span, TracedRequest } from './timeline-rows.ts';
import type { TimelineScale } from './timeline-scale.ts';

const STEP_SYMBOLS = { done: '✓', failed: '✕', 'not reached': '–' } as const;

interface Props<Kind extends Row['kind']> {
  row: Extract<Row, { kind: Kind }>;
  scale: TimelineScale;
}

/** A row of the timeline: label, bar, outcome and duration. */
export function TimelineRow({ row, scale }: { row: Row; scale: TimelineScale }) {
  switch (row.kind) {
    case 'step':
      return <StepRow row={row} scale={scale} />;
    case 'request':
      return <RequestRow row={row} scale={scale} />;
    case 'waiting':
      return <WaitingRow row={row} scale={scale} />;
  }
}

function StepRow({ row: { step, span }, scale }: Props<'step'>) {
  const { name, outcome, note } = step;
  const kind = `step-${outcome.replace(' ', '-')}`;
  return (
    <tr class={kind}>
      <th scope="row">
        <span class="step-line">
          <span class="step-name">
            <span class="step-symbol" aria-hidden="true">
              {STEP_SYMBOLS[outcome]}
            </span>
            {name}
          </span>
          <span class="step-note">{note}</span>
        </span>
      </th>
      <td class="timeline-bars">
        <TimelineBar kind={kind} span={span} scale={scale} />
      </td>
      <td class="timeline-outcome">{outcome === 'done' ? '' : outcome}</td>
      <td class="timeline-time">{span && milliseconds(span.endMs - span.startMs)}</td>
    </tr>
  );
}

function RequestRow({ row: { request, span, hasFailed }, scale }: Props<'request'>) {
  const kind = hasFailed ? 'request-failed' : 'request';
  return (
    <tr class={kind}>
      <th scope="row">
        <RequestLine request={request} />
      </th>
      <td class="timeline-bars">
        <TimelineBar kind={kind} span={span} scale={scale} />
      </td>
      <td class="timeline-outcome">
        {hasFailed ? '✕' : '✓'} {request.status ?? 'no response'}
      </td>
      <td class="timeline-time">{milliseconds(span.endMs - span.startMs)}</td>
    </tr>
  );
}

function WaitingRow({ row: { span, reason }, scale }: Props<'waiting'>) {
  return (
    <tr class="waiting">
      <th scope="row">
        <span class="waiting-reason">{reason}</span>
      </th>
      <td class="timeline-bars">
        <TimelineBar kind="waiting" span={span} scale={scale} />
      </td>
      <td />
      <td class="timeline-time">{milliseconds(span.endMs - span.startMs)}</td>
    </tr>
  );
}

/**
 * The destination, the method and the path of a request. If the line is too narrow, the beginning of the path
 * is cut first.
 */
function RequestLine({ request: { to, method, target, error, emulator } }: { request: TracedRequest }) {
  const path = target.split('?', 1).join();
  const cut = Math.max(path.lastIndexOf('/'), 0);
  return (
    <>
      <span class="request-line" title={`${method} ${target}`}>
        {/* Nearly all requests go to the provider, so `provider` is only for screen readers. */}
        <span class={to === 'provider' ? 'visually-hidden' : 'request-to'}>{to}</span>
        <code>{method}</code>
        <span class="request-target">
          <code class="request-start">{path.slice(0, cut)}</code>
          <code class="request-end">{path.slice(cut)}</code>
          <code class="request-query">{target.slice(path.length)}</code>
        </span>
      </span>
      {error !== null && <span class="request-error">{error}</span>}
      {emulator !== undefined && <span class="request-error">{emulator}</span>}
    </>
  );
}

interface BarProps {
  kind: string;
  /** If null, the row has no bar, only the vertical lines of the axis. */
  span: Span | null;
  scale: TimelineScale;
}

/**
 * A bar on the time scale. Hidden from screen readers, because the other cells contain the same data as text.
 */
function TimelineBar({ kind, span, scale }: BarProps) {
  const left = span ? scale.percentAt(span.startMs) : 0;
  const width = span ? scale.percentAt(span.endMs) - left : 0;
  return (
    <span class="bar-track" aria-hidden="true">
      {scale.ticksMs.map((tickMs) => (
        <span key={tickMs} class="bar-line" style={{ left: `${scale.percentAt(tickMs)}%` }} />
      ))}
      {span && (
        // CSS makes the shortest bar 3 px wide. The bar must not overflow at the end of the track.
        <span class={`bar bar-${kind}`} style={{ left: `min(${left}%, 100% - 3px)`, width: `${width}%` }} />
      )}
    </span>
  );
}
