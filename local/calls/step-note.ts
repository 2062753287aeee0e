import type { StepName } from '../../lib/runtime/steps.ts';
import type { LogFields } from '../../lib/telemetry/log.ts';
import type { TracedRequest } from './call-trace.ts';

interface StepFacts {
  failed: boolean;
  requests: readonly TracedRequest[];
  /** The call's log line; null if it has not been written yet. */
  log: LogFields | null;
}

/**
 * Describes a step in a few words, from the call's log line. Returns an empty text if the timeline shows
 * enough.
 */
export function stepNote(name: StepName, { failed, requests, log }: StepFacts): string {
  if (!log) return '';
  if (failed) return failureNote(log);
  switch (name) {
    case 'account':
      return log.account_from_cache ? 'remembered as ACTIVE' : 'ACTIVE';
    case 'key':
      if (log.replayed) return 'repeated: returns the earlier answer';
      return requests.length > 0 ? 'claimed' : 'no key';
    case 'run':
      return log.retries ? `${log.retries} ${log.retries === 1 ? 'retry' : 'retries'}` : '';
    default:
      return '';
  }
}

function failureNote({
  code,
  error_class,
  response_faults = [],
  output_faults = [],
  authoring_fault,
}: LogFields) {
  const faults = [...response_faults, ...output_faults, ...(authoring_fault ? [authoring_fault] : [])];
  return [code ?? error_class ?? '', ...faults].filter((part) => part !== '').join('; ');
}
