import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';

// No output has a key of this name.
const Failure = z.object({ error: z.object({ code: z.string() }) });

/**
 * The result of `tools/call` from what a tool answered: its output, or the object with `error`.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools#structured-content
 */
export function callResult(answer: Record<string, unknown>): CallToolResult {
  const content = [{ type: 'text' as const, text: JSON.stringify(answer) }];
  // Without structured content: clients hold that to the schema of the output, which an error is not.
  if (Failure.safeParse(answer).success) return { content, isError: true };
  return { content, structuredContent: answer };
}
