import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';
import { INPROGRESS, type Lease, LeaseTable } from '../leases/lease-table.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { toToolError } from '../runtime/to-tool-error.ts';
import type { ToolCall } from '../runtime/tool-call.ts';
import { readWriteSettings } from '../settings/settings.ts';
import { errorClass } from '../telemetry/failure-fields.ts';
import { keptOutput, keptUnknown, readKeptAnswer } from './kept-answer.ts';
import { derivedKey, givenKey, type WriteKey } from './write-key.ts';
import { recordAttributes, recordOf, type WriteRecord } from './write-record.ts';

// A function may still run for a short time after the deadline of its call. The clocks of two machines may also
// differ.
const ENDS_AFTER_DEADLINE_MS = 2_000;

// All tools of a process share one DynamoDB client.
const tablesOfRuntimes = new WeakMap<Runtime, LeaseTable>();

/** A running call's lease, and how long its result will be stored. */
interface Hold {
  lease: Lease;
  lifetimeMs: number;
}

/**
 * Ensures that a write runs only once for each key. If callers cannot send a key, the guard derives the key of a
 * `create` from the user and the input.
 * @returns undefined if the operator has turned this protection off
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
  const leases = tablesOfRuntimes.get(runtime) ?? new LeaseTable(table, runtime.variables);
  tablesOfRuntimes.set(runtime, leases);
  const holds = new WeakMap<ToolCall, Hold>();

  return { before: guard, after: keepOutput, onError: keepFailure };

  async function guard({ event: call }: Request<ToolCall>): Promise<void> {
    const key = keyOf(call);
    if (!key) return;
    const { deadline } = call;
    const lifetimeMs = key.lifetimeSeconds * 1_000;
    const endsAtMs = Math.ceil(Date.now() + deadline.leftMs) + ENDS_AFTER_DEADLINE_MS;
    // The lease lasts longer than the function can run. If Lambda kills the function, a repeated call therefore finds
    // the lease, and reports that the outcome of the write is unknown.
    const terms = {
      expiresAtMs: endsAtMs + lifetimeMs,
      attributes: recordAttributes({ endsAtMs, inputHash: key.inputHash }),
    };
    const claim = await leases.claim(key.id, terms, deadline);
    if (claim.lease) {
      holds.set(call, { lease: claim.lease, lifetimeMs });
      return;
    }
    const item = claim.item ?? (await leases.read(key.id, deadline));
    // The call that owned the key has released it after our claim.
    if (!item) throw new ToolError('request_in_progress');
    repeat(recordOf(item), key, call, tool.output);
  }

  async function keepOutput({ event: call, response: output }: Request<ToolCall>): Promise<void> {
    await settle(call, (hold) => keep(hold, keptOutput(output), call));
  }

  async function keepFailure(request: Request<ToolCall>): Promise<void> {
    const { event: call } = request;
    if (!holds.has(call)) return;
    const error = toToolError(request.error, call);
    request.error = error;
    await settle(call, (hold) =>
      error.code === 'outcome_unknown'
        ? keep(hold, keptUnknown(), call)
        : // Nothing was written, so a repeated call may run.
          leases.release(hold.lease, call.deadline),
    );
  }

  function keep({ lease, lifetimeMs }: Hold, data: string, { deadline }: ToolCall): Promise<void> {
    return leases.keep(lease, { data, expiresAtMs: Date.now() + lifetimeMs }, deadline);
  }

  function keyOf({ identifier, runInput: input, idempotencyKey, surface }: ToolCall): WriteKey | undefined {
    const call = { tool: tool.name, identifier, input };
    if (idempotencyKey !== undefined) return givenKey(call, idempotencyKey);
    const derives = surface.sendsNoKeys && tool.effect === 'create' && dedupeSeconds > 0;
    return derives ? derivedKey(call, dedupeSeconds) : undefined;
  }

  /**
   * Records the outcome of a write. If this fails, we only log the failure, because the caller is waiting for the
   * response.
   */
  async function settle(call: ToolCall, step: (hold: Hold) => Promise<void>): Promise<void> {
    const hold = holds.get(call);
    if (!hold) return;
    try {
      await step(hold);
    } catch (error) {
      runtime.log('WARN', 'the outcome of a write could not be recorded', {
        tool: tool.name,
        request_id: call.requestId,
        ...(error instanceof Error && { error_class: errorClass(error) }),
      });
    }
  }
}

/**
 * Makes the call return the stored output of the earlier call with the same key.
 * @throws ToolError
 */
function repeat(existing: WriteRecord, key: WriteKey, call: ToolCall, output: Tool['output']): void {
  if (existing.inputHash !== key.inputHash) throw new ToolError('idempotency_key_reused');
  // The record has expired after our claim. The next attempt can claim the key.
  if (existing.expiresAtMs < Date.now()) throw new ToolError('request_in_progress');
  if (existing.status === INPROGRESS) {
    const isRunning = Date.now() <= existing.endsAtMs;
    throw new ToolError(isRunning ? 'request_in_progress' : 'outcome_unknown');
  }
  call.replayed = true;
  call.kept = { output: readKeptAnswer(existing.data, output) };
}
