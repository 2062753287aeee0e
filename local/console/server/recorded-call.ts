import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import type { StoredCall } from '../../calls/call-recorder.ts';
import { wrappedBody } from '../../invoke/surface-events.ts';
import type { CallSummary, RecordedCall } from '../console-api.ts';

// The surfaces whose response format wraps the output of the tool. The log uses these names.
const WRAPPING: ReadonlySet<string> = new Set(['http', 'bedrock']);

/** The known users, by their hash in the log. */
export type KnownUsers = ReadonlyMap<string, string>;

/**
 * Returns the users by the hash that the log contains instead of their identifier.
 * @param secret the client secret of Scalekit, which is the key of the hashes; undefined if it is not
 * available
 */
export function knownUsersByHash(users: readonly string[], secret: string | undefined): KnownUsers {
  return new Map(secret ? users.map((user) => [identifierHash(user, secret), user]) : []);
}

export function summaryOf({ id, tool, startedAt, trace, log }: StoredCall, users: KnownUsers): CallSummary {
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

/** @param received the response that the caller got, if it differs from the function's response */
export async function recordedCall(
  stored: StoredCall,
  users: KnownUsers,
  received: unknown = stored.answer,
): Promise<RecordedCall> {
  const summary = summaryOf(stored, users);
  const body = WRAPPING.has(summary.surface) ? wrappedBody(stored.answer) : JSON.stringify(stored.answer);
  const text = body ?? 'null';
  return {
    ...summary,
    event: stored.event,
    clientContext: stored.clientContext ?? null,
    answer: received ?? null,
    result: JSON.parse(text),
    bytes: Buffer.byteLength(text),
    tokens: await tokensOf(text),
    trace: stored.trace,
    log: stored.log && { ...stored.log },
  };
}

/** Counts tokens. The tokenizer is imported only here, because its vocabulary is large. */
async function tokensOf(text: string): Promise<number> {
  const { countTokens } = await import('gpt-tokenizer');
  // By default, countTokens throws an error if the text contains a special token of the tokenizer.
  return countTokens(text, { disallowedSpecial: new Set() });
}
