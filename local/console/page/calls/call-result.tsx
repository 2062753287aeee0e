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
  /** True if the tool writes, and therefore has the step `key`. */
  isWrite: boolean;
  onNextPage: (() => void) | null;
}

/**
 * The result of a call: outcome, timeline and response. Before the first call, the steps of a call are
 * explained here.
 */
export function CallResult({ call, failure, isRunning, isWrite, onNextPage }: Props) {
  return (
    <div class={isRunning ? 'call-result call-running' : 'call-result'}>
      <CallStatus call={call} isRunning={isRunning} />
      <FailureNotice failure={failure} />
      <h2>{call ? 'Timeline' : 'Steps of a call'}</h2>
      {call ? <Timeline trace={call.trace} /> : <StepGuide isWrite={isWrite} />}
      <h2>Answer</h2>
      {call ? <Answer call={call} onNextPage={onNextPage} /> : <p class="empty">The answer appears here.</p>}
    </div>
  );
}
