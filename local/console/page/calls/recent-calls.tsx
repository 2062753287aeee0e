import type { CallSummary, RecordedCall } from '../../console-api.ts';
import { milliseconds, timeOfDay } from '../shared/measures.ts';
import { FailureNotice } from '../shared/notice.tsx';
import { callHash, toolHash } from '../shared/route.ts';
import { ScrollRegion } from '../shared/scroll-region.tsx';
import { useResource } from '../shared/use-resource.ts';
import { CallResult } from './call-result.tsx';
import { Outcome } from './call-status.tsx';

interface Props {
  selected: string | null;
  version: number;
  /** The IDs of calls made on this page. */
  ownIds: ReadonlySet<string>;
}

/** The list of the latest calls, and the selected call. */
export function RecentCalls({ selected, version, ownIds }: Props) {
  const calls = useResource<CallSummary[]>('/api/calls', version);
  const path = selected === null ? null : `/api/calls/${encodeURIComponent(selected)}`;
  // The version is 0, because a finished call never changes.
  const shown = useResource<RecordedCall>(path, 0);
  return (
    <div class="calls-view">
      <section class="panel">
        <h1>Recent calls</h1>
        <p class="about">Calls from this page, an agent or a terminal appear here when they end.</p>
        <FailureNotice failure={calls.failure} />
        {calls.value && calls.value.length > 0 ? (
          <CallTable calls={calls.value} selected={selected} ownIds={ownIds} />
        ) : (
          <NoCalls isLoading={calls.value === null && calls.failure === null} />
        )}
      </section>
      <section class="panel result" aria-label="Selected call">
        {selected === null && <p class="empty">Select a call to see its timeline and answer.</p>}
        {selected !== null && <FailureNotice failure={shown.failure} />}
        {shown.value && (
          <>
            <p class="shown-tool">
              <a href={toolHash(shown.value.tool)}>
                <code>{shown.value.tool}</code>
              </a>
            </p>
            <CallResult
              key={shown.value.id}
              call={shown.value}
              failure={null}
              isRunning={false}
              isWrite
              onNextPage={null}
            />
          </>
        )}
      </section>
    </div>
  );
}

function NoCalls({ isLoading }: { isLoading: boolean }) {
  if (isLoading) return <p class="empty">Loading…</p>;
  return (
    <div class="empty">
      <p>There are no calls yet. Call a tool here, or use the command that npm start printed:</p>
      <pre>curl -s …/tools/&lt;tool&gt; -H "authorization: Bearer …" -d '{'{}'}'</pre>
    </div>
  );
}

interface TableProps {
  calls: readonly CallSummary[];
  selected: string | null;
  ownIds: ReadonlySet<string>;
}

function CallTable({ calls, selected, ownIds }: TableProps) {
  return (
    <ScrollRegion label="Recent calls">
      <table class="calls-table">
        <thead>
          <tr>
            <th scope="col">Call</th>
            <th scope="col">Result</th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="number">
              At
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map(({ id, tool, code, identifier, surface, durationMs, startedAt }) => (
            <tr key={id} class={id === selected ? 'selected' : undefined}>
              <th scope="row">
                <a href={callHash(id)} aria-current={id === selected ? 'true' : undefined}>
                  {tool}
                </a>
                <span class="call-who">
                  {identifier ?? 'unknown user'} through {surface}
                  {!ownIds.has(id) && ', from elsewhere'}
                </span>
              </th>
              <td>
                <Outcome code={code} />
              </td>
              <td class="number">{milliseconds(durationMs)}</td>
              <td class="number">
                <time datetime={startedAt}>{timeOfDay(startedAt)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
