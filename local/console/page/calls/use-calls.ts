import { useRef, useState } from 'preact/hooks';
import type { CallRequest, ConsoleErrorBody, RecordedCall } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { failureText, RequestFailed, readJson } from '../shared/console-requests.ts';
import { milliseconds } from '../shared/measures.ts';
import { errorAnswer } from './error-answer.ts';

/** The last call of a tool, with its request. */
interface CallOutcome {
  request: CallRequest;
  /** Null if the console could not make the call. */
  call: RecordedCall | null;
  failure: string | null;
  details: ConsoleErrorBody['details'];
}

export interface Calls {
  /** The IDs of calls made on this page. */
  ownIds: ReadonlySet<string>;
  outcomeOf(tool: string): CallOutcome | null;
  isRunning(tool: string): boolean;
  call(request: CallRequest): Promise<void>;
}

/** Makes calls, at most one at a time for each tool, and stores the last outcome of each tool. */
export function useCalls(): Calls {
  const announce = useAnnounce();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, CallOutcome>>(new Map());
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const [ownIds, setOwnIds] = useState<ReadonlySet<string>>(new Set());

  // Prevents a second call if the user clicks twice before the page is rendered again.
  const inFlight = useRef(new Set<string>());

  async function call(request: CallRequest): Promise<void> {
    const { tool } = request;
    if (inFlight.current.has(tool)) return;
    inFlight.current.add(tool);
    setRunning(new Set(inFlight.current));
    const outcome = await outcomeOfCall(request);
    inFlight.current.delete(tool);
    setRunning(new Set(inFlight.current));
    setOutcomes((before) => new Map(before).set(tool, outcome));
    const id = outcome.call?.id;
    if (id !== undefined) setOwnIds((before) => new Set(before).add(id));
    announce(announcementOf(outcome));
  }

  return {
    ownIds,
    outcomeOf: (tool) => outcomes.get(tool) ?? null,
    isRunning: (tool) => running.has(tool),
    call,
  };
}

async function outcomeOfCall(request: CallRequest): Promise<CallOutcome> {
  try {
    const call = await readJson<RecordedCall>('POST', '/api/calls', { body: request });
    return { request, call, failure: null, details: errorAnswer(call.result)?.details ?? [] };
  } catch (error) {
    const details = error instanceof RequestFailed ? error.details : [];
    return { request, call: null, failure: failureText(error), details };
  }
}

function announcementOf({ request, call, failure, details }: CallOutcome): string {
  if (!call) return `${request.tool} was not called. ${failure}`;
  const duration = milliseconds(call.durationMs);
  if (call.code === null) return `${request.tool} answered after ${duration}.`;
  const issues = details.map(({ path, issue }) => (path ? `${path}: ${issue}` : issue));
  return [`${request.tool} answered ${call.code} after ${duration}.`, ...issues].join(' ');
}
