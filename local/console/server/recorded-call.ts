import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import type { KeptCall } from '../../calls/call-recorder.ts';
import { wrappedBody } from '../../invoke/surface-events.ts';
import type { CallSummary, RecordedCall } from '../console-api.ts';

// Of those that the log line of a call names.
const WRAPPING: ReadonlySet<string> = new Set(['http', 'bedrock']);

/** By what the log knows users, those whom the stack knows. */
export type KnownUsers = ReadonlyMap<string, string>;

/** @param secret that of the Scalekit client, with which the log makes its hashes; undefined where it is not at hand */
export function knownUsersByHash(users: readonly string[], secret: string | undefined): KnownUsers {
  return new Map(secret ? users.map((user) => [identifierHash(user, secret), user]) : []);
}

export function summaryOf({ id, tool, startedAt, trace, log }: KeptCall, users: KnownUsers): CallSummary {
  return {
    id,
    tool,
    surface: log?.surface ?? 'unknown',
    identifier: users.get(log?.identifier_hash ?? '') ?? null,
    startedAt: startedAt.toISOString(),
    durationMs: trace.durationMs,
    code: log?.code ?? null,
  };
}

/** @param received what the caller got, where that is not what the function answered */
export async function recordedCall(
  kept: KeptCall,
  users: KnownUsers,
  received: unknown = kept.answer,
): Promise<RecordedCall> {
  const summary = summaryOf(kept, users);
  const body = WRAPPING.has(summary.surface) ? wrappedBody(kept.answer) : JSON.stringify(kept.answer);
  const text = body ?? 'null';
  return {
    ...summary,
    event: kept.event,
    clientContext: kept.clientContext ?? null,
    answer: received ?? null,
    result: JSON.parse(text),
    bytes: Buffer.byteLength(text),
    tokens: await tokensOf(text),
    trace: kept.trace,
    log: kept.log && { ...kept.log },
  };
}

/** Read when first needed, since the vocabulary is larger than all the rest. */
async function tokensOf(text: string): Promise<number> {
  const { countTokens } = await import('gpt-tokenizer');
  // A text may hold what the tokenizer takes for its own marks, and would refuse.
  return countTokens(text, { disallowedSpecial: new Set() });
}
