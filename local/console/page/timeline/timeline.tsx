import { milliseconds } from '../shared/measures.ts';
import { TimelineRow } from './timeline-row.tsx';
import { type CallTrace, timelineRows } from './timeline-rows.ts';
import { type TimelineScale, timelineScale } from './timeline-scale.ts';

const AXIS_END_PERCENT = 85;

/** The steps of a call and its requests, as bars on one scale. It is a table, so that screen readers can read it. */
export function Timeline({ trace }: { trace: CallTrace }) {
  const scale = timelineScale(trace.durationMs);
  return (
    <table class="timeline">
      <caption class="visually-hidden">
        The steps of the call and its requests, {milliseconds(trace.durationMs)} in all
      </caption>
      <thead>
        <tr>
          <th scope="col" class="timeline-what">
            Step
          </th>
          <th scope="col" class="timeline-axis">
            <span class="visually-hidden">When</span>
            <Axis scale={scale} />
          </th>
          <th scope="col" class="timeline-outcome">
            Result
          </th>
          <th scope="col" class="timeline-time">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {timelineRows(trace).map((row, index) => (
          <TimelineRow key={index} row={row} scale={scale} />
        ))}
      </tbody>
    </table>
  );
}

function Axis({ scale }: { scale: TimelineScale }) {
  return (
    <span class="axis" aria-hidden="true">
      {scale.ticksMs.map((tickMs) => (
        <span
          key={tickMs}
          class={tickClass(scale.percentAt(tickMs))}
          style={{ left: `${scale.percentAt(tickMs)}%` }}
        >
          {tickText(tickMs)}
          {tickMs === scale.ticksMs.at(-1) && ' ms'}
        </span>
      ))}
    </span>
  );
}

/** A centred label at the end of the axis would overflow into the next column. */
function tickClass(percent: number): string {
  return percent > AXIS_END_PERCENT ? 'axis-tick axis-tick-end' : 'axis-tick';
}

/** Returns the text of a time on the axis. These times are round, so three digits are enough. */
function tickText(tickMs: number): string {
  return Number(tickMs.toPrecision(3)).toLocaleString('en');
}
