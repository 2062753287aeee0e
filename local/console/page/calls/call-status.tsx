import type { RecordedCall } from '../../console-api.ts';
import { counted, milliseconds } from '../shared/measures.ts';
import { errorAnswer } from './error-answer.ts';

interface Props {
  call: RecordedCall | null;
  isRunning: boolean;
}

/**
 * The outcome, duration and size of a call. The height of this line is fixed, so that the content below does
 * not move.
 */
export function CallStatus({ call, isRunning }: Props) {
  if (isRunning || !call)
    return (
      <div class="call-status">
        <p class="call-end">{isRunning ? 'Calling…' : 'Not called yet'}</p>
        <p class="call-who">
          {isRunning ? 'The call is running.' : 'Press Call, or fill in an example first.'}
        </p>
      </div>
    );
  const error = errorAnswer(call.result);
  return (
    <div class="call-status">
      <p class="call-end">
        <Outcome code={call.code} />
        <span>{milliseconds(call.durationMs)}</span>
        <span>{counted(call.bytes, 'byte')}</span>
        <span>{counted(call.tokens, 'token')}</span>
      </p>
      <p class="call-who">
        For {call.identifier ?? 'unknown user'} through {call.surface}
        {error && (error.isRetryable ? '; can be retried' : '; retrying does not help')}
      </p>
    </div>
  );
}

/** `ok`, or the error code. */
export function Outcome({ code }: { code: string | null }) {
  return code === null ? (
    <span class="outcome outcome-ok">✓ ok</span>
  ) : (
    <span class="outcome outcome-failed">✕ {code}</span>
  );
}
