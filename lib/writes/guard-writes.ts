import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { toToolError } from '../runtime/to-tool-error.ts';
import type { ToolCall } from '../runtime/tool-call.ts';
import { readWriteSettings } from '../settings/settings.ts';
import { errorClass } from '../telemetry/error-class.ts';
import { type Claim, newClaim } from './claim.ts';
import { keptOutput, keptUnknown, readKeptAnswer } from './kept-answer.ts';
import { derivedKey, givenKey, type WriteKey } from './write-key.ts';
import { INPROGRESS, type WriteRecord } from './write-record.ts';
import { WriteRecords } from './write-records.ts';

const CLAIM_MAX_MS = 2_000;
const RECORD_MAX_MS = 1_000;
// What comes after the end of a call's time is taken from the time for its answer, and must leave 500 ms of that.
const AFTER_DEADLINE_MAX_MS = 200;
// An invocation goes on for a little after its calls have to have ended, and clocks differ.
const ENDS_AFTER_DEADLINE_MS = 2_000;

// All tools of a process share one client of DynamoDB.
const recordsOfRuntimes = new WeakMap<Runtime, WriteRecords>();

/**
 * Lets a write run once for each key: the caller's own, or, where callers have none, one of what a `create` is called with.
 * @returns undefined where the operator has chosen to have no guard
 * @throws SettingsError
 */
export function guardWrites(tool: Tool, runtime: Runtime): MiddlewareObj<ToolCall> | undefined {
  const { IDEMPOTENCY_TABLE: table, DEDUPE_SECONDS: dedupeSeconds } = readWriteSettings(runtime.variables);
  if (table === 'none') {
    runtime.log('WARN', 'IDEMPOTENCY_TABLE is none: repeated writes are not guarded against', {
      tool: tool.name,
    });
    return undefined;
  }
  const records = recordsOfRuntimes.get(runtime) ?? new WriteRecords(table, runtime.variables);
  recordsOfRuntimes.set(runtime, records);
  const claims = new WeakMap<ToolCall, Claim>();

  return { before: guard, after: keepOutput, onError: keepFailure };

  async function guard({ event: call }: Request<ToolCall>): Promise<void> {
    const key = keyOf(call);
    if (!key) return;
    const claim = newClaim(key);
    const existing = await claimKey(claim, call);
    if (existing) repeat(existing, key, call, tool.output);
    else claims.set(call, claim);
  }

  async function keepOutput({ event: call, response: output }: Request<ToolCall>): Promise<void> {
    await settle(call, (claim, signal) => records.complete(claim, keptOutput(output), signal));
  }

  async function keepFailure(request: Request<ToolCall>): Promise<void> {
    const { event: call } = request;
    if (!claims.has(call)) return;
    const error = toToolError(request.error, call);
    request.error = error;
    await settle(call, (claim, signal) =>
      error.code === 'outcome_unknown'
        ? records.complete(claim, keptUnknown(), signal)
        : // Nothing was written, so that the next call may try.
          records.free(claim, signal),
    );
  }

  function keyOf({ identifier, runInput: input, idempotencyKey, surface }: ToolCall): WriteKey | undefined {
    const call = { tool: tool.name, identifier, input };
    if (idempotencyKey !== undefined) return givenKey(call, idempotencyKey);
    const derives = surface.sendsNoKeys && tool.effect === 'create' && dedupeSeconds > 0;
    return derives ? derivedKey(call, dedupeSeconds) : undefined;
  }

  async function claimKey(claim: Claim, { deadline }: ToolCall): Promise<WriteRecord | undefined> {
    const endsAtMs = Math.ceil(Date.now() + deadline.leftMs) + ENDS_AFTER_DEADLINE_MS;
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(CLAIM_MAX_MS)]);
    try {
      return await records.claim(claim, endsAtMs, signal);
    } catch (cause) {
      // The key has a record, so that nothing was claimed.
      if (cause instanceof ToolError) throw cause;
      // Perhaps only the answer to the claim was lost. Nothing will run under it.
      await records.free(claim, AbortSignal.timeout(AFTER_DEADLINE_MAX_MS)).catch(() => undefined);
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /** The caller is waiting for its answer, so a failure here is only logged for the operator. */
  async function settle(
    call: ToolCall,
    step: (claim: Claim, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const claim = claims.get(call);
    if (!claim) return;
    const timeoutMs = Math.max(AFTER_DEADLINE_MAX_MS, Math.min(RECORD_MAX_MS, call.deadline.leftMs));
    try {
      await step(claim, AbortSignal.timeout(timeoutMs));
    } catch (error) {
      runtime.log('WARN', 'how a write ended could not be recorded', {
        tool: tool.name,
        request_id: call.requestId,
        ...(error instanceof Error && { error_class: errorClass(error) }),
      });
    }
  }
}

/** Repeats the answer of the first call with this key. @throws ToolError */
function repeat(existing: WriteRecord, key: WriteKey, call: ToolCall, output: Tool['output']): void {
  if (existing.inputHash !== key.inputHash) throw new ToolError('idempotency_key_reused');
  // It has ended since it was read: the next attempt claims the key.
  if (existing.expiresAtMs < Date.now()) throw new ToolError('request_in_progress');
  if (existing.status === INPROGRESS) {
    const isRunning = Date.now() <= existing.endsAtMs;
    throw new ToolError(isRunning ? 'request_in_progress' : 'outcome_unknown');
  }
  call.replayed = true;
  call.kept = { output: readKeptAnswer(existing.data, output) };
}
