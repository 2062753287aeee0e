import type { Span } from './timeline-rows.ts';
import type { TimelineScale } from './timeline-scale.ts';

interface Props {
  kind: string;
  /** Null where there is nothing to draw but the lines of the axis. */
  span: Span | null;
  scale: TimelineScale;
}

/** A bar on the scale, before the lines of the axis; what it says is in the cells beside it. */
export function TimelineBar({ kind, span, scale }: Props) {
  const left = span ? scale.percentAt(span.startMs) : 0;
  const width = span ? scale.percentAt(span.endMs) - left : 0;
  return (
    <span class="bar-track" aria-hidden="true">
      {scale.ticksMs.map((tickMs) => (
        <span key={tickMs} class="bar-line" style={{ left: `${scale.percentAt(tickMs)}%` }} />
      ))}
      {span && (
        // At the very end the shortest bar would stand out of the track.
        <span class={`bar bar-${kind}`} style={{ left: `min(${left}%, 100% - 3px)`, width: `${width}%` }} />
      )}
    </span>
  );
}
