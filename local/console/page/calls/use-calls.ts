import { useRef, useState } from 'preact/hooks';
import type { CallRequest, RecordedCall, Refusal } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { failureText, RequestFailed, readJson } from '../shared/console-requests.ts';
import { milliseconds } from '../shared/measures.ts';
import { errorAnswer } from './error-answer.ts';

/** What came of the last call of a tool, and what was asked for it. */
interface CallOutcome {
  request: CallRequest;
  /** Null where the console could not make the call. */
  call: RecordedCall | null;
  failure: string | null;
  details: Refusal['details'];
}

export interface Calls {
  /** Those that were made here. */
  ownIds: ReadonlySet<string>;
  outcomeOf(tool: string): CallOutcome | null;
  isRunning(tool: string): boolean;
  call(request: CallRequest): Promise<void>;
}

/** Calls tools: one call of a tool at a time, and each answer is kept with its tool, so that none is mixed up. */
export function useCalls(): Calls {
  const announce = useAnnounce();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, CallOutcome>>(new Map());
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const [ownIds, setOwnIds] = useState<ReadonlySet<string>>(new Set());

  // A second click can come before the page shows what the first has done.
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
