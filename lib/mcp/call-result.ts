import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';

// No output has a key named `error`.
const Failure = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/**
 * Returns the result of `tools/call` for a tool's output or its object with `error`.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools#structured-content
 */
export function callResult(answer: Record<string, unknown>): CallToolResult {
  const { data: failure } = Failure.safeParse(answer);
  // Without structured content, because clients validate it against the output schema, which an error does not fit.
  if (failure) return { content: [textOf({ error: withoutNulls(failure.error) })], isError: true };
  return { content: [textOf(answer)], structuredContent: answer };
}

const textOf = (value: object) => ({ type: 'text' as const, text: JSON.stringify(value) });

/** A model pays for each key, and a key with null says nothing. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
