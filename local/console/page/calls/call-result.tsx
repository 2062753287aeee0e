import type { RecordedCall } from '../../console-api.ts';
import { FailureNotice } from '../shared/notice.tsx';
import { StepGuide } from '../timeline/step-guide.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { Answer } from './answer.tsx';
import { CallStatus } from './call-status.tsx';

interface Props {
  call: RecordedCall | null;
  /** Why the console could not make the call. */
  failure: string | null;
  isRunning: boolean;
  /** Whether the call, once made, passes the step that only writes have. */
  isWrite: boolean;
  onNextPage: (() => void) | null;
}

/** What came of a call: how it ended, where its time went, and the answer. Before the first call, where it will go. */
export function CallResult({ call, failure, isRunning, isWrite, onNextPage }: Props) {
  return (
    <div class={isRunning ? 'call-result call-running' : 'call-result'}>
      <CallStatus call={call} isRunning={isRunning} />
      <FailureNotice failure={failure} />
      <h2>{call ? 'Where it went' : 'Where it will go'}</h2>
      {call ? <Timeline trace={call.trace} /> : <StepGuide isWrite={isWrite} />}
      <h2>Answer</h2>
      {call ? (
        <Answer call={call} onNextPage={onNextPage} />
      ) : (
        <p class="empty">The answer of the tool appears here.</p>
      )}
    </div>
  );
}
