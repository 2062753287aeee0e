import * as z from 'zod';
import { toolOf } from '../../lib/create-handler.ts';
import type { Handler } from '../../lib/lambda-handler.ts';
import { mcpCatalogue } from '../../lib/mcp/mcp-catalogue.ts';
import { createMcpFunction } from '../../lib/mcp/mcp-function.ts';
import { createToolInvoker } from '../../lib/mcp/tool-invoker.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import { REGION } from '../../local/lambda/invoke-over-api.ts';
import { startInvokeApi } from '../../local/lambda/start-invoke-api.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';

interface McpCallOptions {
  claims?: Record<string, unknown>;
  headers?: Record<string, string>;
  params: object;
  variables?: Environment;
  log?: Log;
}

const Message = z.object({ result: z.unknown().optional(), error: z.unknown().optional() });
const ToolResult = z.object({
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
  structuredContent: z.unknown().optional(),
});

/**
 * Calls a tool's handler through the MCP function, which invokes the handler over the Lambda API. Returns the MCP
 * result.
 */
export async function callOverMcp(handler: Handler, options: McpCallOptions): Promise<unknown> {
  const { claims = { sub: 'user_ada' }, headers = {}, params, variables = {}, log = () => {} } = options;
  const tool = toolOf(handler);
  if (!tool) throw new Error('The handler is not that of a tool.');
  const api = await startInvokeApi({ functions: [{ functionName: tool.name, handler }] });
  try {
    const mcp = createMcpFunction(mcpCatalogue([tool], '1.0.0'), {
      variables,
      log,
      invoke: createToolInvoker('', {
        endpoint: api.url,
        region: REGION,
        credentials: api.credentials,
      }),
    });
    const event = httpEvent({
      claims,
      headers: { accept: 'application/json, text/event-stream', ...headers },
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    });
    const { result, error } = Message.parse(readHttpAnswer(await mcp(event, lambdaContext())).json);
    return result ?? error;
  } finally {
    await api.close();
  }
}

const LEFT_OUT = {
  retry_after_seconds: null,
  authorization_url: null,
  account_status: null,
  request_id: null,
};
const Failure = z.strictObject({ error: z.record(z.string(), z.unknown()) });

/**
 * Returns the output, or the object with `error`. If the text of an error leaves out a key, the returned object
 * contains the key with null.
 */
export function mcpBody(result: unknown): unknown {
  const { content, structuredContent } = ToolResult.parse(result);
  const told: unknown = JSON.parse(content[0].text);
  if (structuredContent !== undefined && JSON.stringify(structuredContent) !== content[0].text)
    throw new Error('The text and the structured content differ.');
  const { data: failure } = Failure.safeParse(told);
  if (!failure) return told;
  if (Object.values(failure.error).includes(null))
    throw new Error('The text of an error has keys that are null.');
  return { error: { ...LEFT_OUT, ...failure.error } };
}
