import type { LogFields } from '../../lib/telemetry/log.ts';
import type { StepName, TracedRequest } from './call-trace.ts';

interface StepFacts {
  failed: boolean;
  requests: readonly TracedRequest[];
  /** The call's log line, once there is one. */
  log: LogFields | null;
}

/** What there is to say of a step, from the call's log line; empty where its bar says it all. */
export function stepNote(name: StepName, { failed, requests, log }: StepFacts): string {
  if (!log) return '';
  if (failed) return failureNote(log);
  switch (name) {
    case 'account':
      return log.account_from_cache ? 'remembered as ACTIVE' : 'ACTIVE';
    case 'key':
      if (log.replayed) return 'done before: answers what it answered then';
      return requests.length > 0 ? 'claimed' : 'no key';
    case 'run':
      return log.retries ? `${log.retries} repeated` : '';
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
