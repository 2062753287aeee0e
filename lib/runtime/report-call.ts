import type { Tool } from '../contract/define-tool.ts';
import type { ToolError } from '../errors/tool-error.ts';
import { UNKNOWN_SURFACE } from '../surfaces/unknown.ts';
import { failureFields } from '../telemetry/failure-fields.ts';
import { partyFields } from '../telemetry/identifier-hash.ts';
import { bestEffort } from '../telemetry/log.ts';
import type { Runtime } from './runtime.ts';
import type { ToolCall } from './tool-call.ts';

/**
 * Reports to the operator how a call ended.
 * @param error the error of a failed call
 */
export type ReportCall = (call: ToolCall, error?: ToolError) => void;

/** Makes the function that writes the log line and the metrics of a call. It never throws. */
export function callReporter({ name: tool }: Tool, { log, metrics, scalekit }: Runtime): ReportCall {
  return bestEffort((call: ToolCall, error?: ToolError) => {
    const durationMs = Date.now() - call.startedAtMs;
    const { attemptDurationsMs, retries, accountFromCache } = call.statistics;
    metrics({
      tool,
      isRecognised: call.surfaceName !== UNKNOWN_SURFACE,
      code: error?.code,
      durationMs,
      attemptDurationsMs,
      retries,
      accountFromCache,
    });

    const { level, fields } = error ? failureFields(error) : { level: 'INFO' as const, fields: {} };
    log(level, error ? 'call failed' : 'call succeeded', {
      tool,
      surface: call.surfaceName,
      request_id: call.requestId,
      trace_id: call.surface.traceparent?.traceId,
      ...partyFields(call.acting, call.identifier, scalekit.secret.known),
      ...fields,
      attempts: attemptDurationsMs.length,
      retries,
      upstream_ms: Math.round(attemptDurationsMs.reduce((sumMs, attemptMs) => sumMs + attemptMs, 0)),
      account_from_cache: accountFromCache,
      replayed: call.replayed || undefined,
      duration_ms: durationMs,
    });
  });
}
