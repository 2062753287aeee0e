import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';

// No output has a key named `error`, so the key identifies an error.
const Failure = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/**
 * Returns the result of `tools/call` for the output of a tool, or for an object with `error`.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools#structured-content
 */
export function callResult(answer: Record<string, unknown>): CallToolResult {
  const { data: failure } = Failure.safeParse(answer);
  // An error has no structured content. Clients validate structured content against the output schema, and an error
  // does not match this schema.
  if (failure) return { content: [textOf({ error: withoutNulls(failure.error) })], isError: true };
  return { content: [textOf(answer)], structuredContent: answer };
}

const textOf = (value: object) => ({ type: 'text' as const, text: JSON.stringify(value) });

/** Removes keys with null. Every key costs the model tokens, and null carries no information. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
