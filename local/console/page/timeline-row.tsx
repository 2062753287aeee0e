import { milliseconds } from './measures.ts';
import { RequestLine } from './request-line.tsx';
import { TimelineBar } from './timeline-bar.tsx';
import type { TimelineRow as Row } from './timeline-rows.ts';
import type { TimelineScale } from './timeline-scale.ts';

const STEP_SYMBOLS = { done: '✓', failed: '✕', 'not reached': '–' } as const;

interface Props<Kind extends Row['kind']> {
  row: Extract<Row, { kind: Kind }>;
  scale: TimelineScale;
}

/** A row of the timeline: what it is, its bar, what came of it and how long it took. */
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
        {hasFailed ? '✕' : '✓'} {request.status ?? 'no answer'}
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
