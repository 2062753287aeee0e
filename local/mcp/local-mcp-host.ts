import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { McpHost } from '../../lib/mcp/create-mcp-server.ts';
import type { InvokeTool } from '../../lib/mcp/tool-invoker.ts';

// Longer than the time limit of any tool.
const TIMEOUT_MS = 60_000;

/** Calls tools as the user of this server. Anyone who can reach the server may call them. */
export function localMcpHost(invoke: InvokeTool, identifier: string): McpHost {
  return {
    assertMayList: () => {},
    mayCall: () => true,
    countResult: () => {},
    pause: (durationMs) => sleep(durationMs, true),
    async call({ tool, input, idempotencyKey }) {
      const call = { tool: tool.definition.name, identifier, input };
      const keyed = idempotencyKey === undefined ? call : { ...call, idempotency_key: idempotencyKey };
      try {
        const { answer } = await invoke(tool, keyed, AbortSignal.timeout(TIMEOUT_MS));
        if (answer instanceof ToolError) throw answer;
        return answer;
      } catch (thrown) {
        const error =
          thrown instanceof ToolError ? thrown : new ToolError('internal_error', { cause: thrown });
        console.error(error);
        return { ...error.toBody(null) };
      }
    },
  };
}
