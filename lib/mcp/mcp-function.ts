import { setTimeout as sleep } from 'node:timers/promises';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { APIGatewayProxyEventHeaders } from 'aws-lambda';
import { ToolError } from '../errors/tool-error.ts';
import { actingParty, assertScopes, hasScopes, identify } from '../identity/identify.ts';
import type { Handler } from '../lambda-handler.ts';
import type { Environment } from '../settings/parse-settings.ts';
import {
  callerRules,
  readAllowedOrigins,
  readCallerSettings,
  readConnectorSettings,
  readFunctionNamePrefix,
  requiredScopes,
} from '../settings/settings.ts';
import { createSharedFunction, type SharedFunctionInvocation } from '../shared-function.ts';
import {
  type ApiGatewayAnswer,
  apiGatewayAnswer,
  apiGatewayErrorAnswer,
} from '../surfaces/api-gateway-answer.ts';
import { type ApiGatewayEvent, apiGatewayBody, apiGatewayCaller } from '../surfaces/api-gateway-event.ts';
import { headerTraceparent, headerValue, parseTraceparent } from '../surfaces/headers.ts';
import { toolSelection } from '../surfaces/tool-selection.ts';
import { partyFields } from '../telemetry/identifier-hash.ts';
import { bestEffort, type Log } from '../telemetry/log.ts';
import { createResultCount } from '../telemetry/metrics.ts';
import { invocationDeadline } from '../time/deadline.ts';
import { createMcpServer, type McpCall, type McpHost } from './create-mcp-server.ts';
import { MCP } from './declaration.ts';
import { createLogSecret } from './log-secret.ts';
import type { CataloguedTool, McpCatalogue } from './mcp-catalogue.ts';
import { errorMessage, serveMcp } from './serve-mcp.ts';
import { createToolInvoker, type InvokeTool } from './tool-invoker.ts';

// A call that stops at the account check takes at most this long.
const CALL_MS = 4_000;

interface McpFunctionOptions {
  variables?: Environment;
  log?: Log;
  invoke?: InvokeTool;
}

/**
 * Makes the handler of `/mcp`: the Model Context Protocol over streamable HTTP, behind the same authorizer as the
 * tools. It lists the tools of its catalogue. For each call, it invokes the tool's function as the verified user.
 * @throws SettingsError
 */
export function createMcpFunction(
  catalogue: McpCatalogue,
  {
    variables = process.env,
    log,
    invoke = createToolInvoker(readFunctionNamePrefix(variables)),
  }: McpFunctionOptions = {},
): Handler {
  const settings = readCallerSettings(variables);
  const rules = callerRules(settings);
  const allowedOrigins = readAllowedOrigins(variables);
  const readSecret = createLogSecret(variables);
  const templates = new Map(
    catalogue.tools.map(({ connector }) => [
      connector.name,
      readConnectorSettings(connector, variables).identityTemplate,
    ]),
  );

  // Only Lambda turns printed lines into metrics. Elsewhere we count nothing.
  const countResult = bestEffort(
    process.env.AWS_LAMBDA_FUNCTION_NAME ? createResultCount(MCP.name) : () => {},
  );

  return createSharedFunction(MCP.name, serve, log);

  /** Returns a response. Errors outside a tool call also have the protocol's format. */
  async function serve(invocation: SharedFunctionInvocation): Promise<ApiGatewayAnswer> {
    try {
      return await serveCaller(invocation);
    } catch (thrown) {
      const requestId = invocation.context.awsRequestId ?? null;
      const error = invocation.report(thrown);
      return apiGatewayErrorAnswer(error, requestId, {}, errorMessageOf(error, requestId));
    }
  }

  async function serveCaller(invocation: SharedFunctionInvocation): Promise<ApiGatewayAnswer> {
    const { event, context } = invocation;
    const requestId = context.awsRequestId ?? null;
    const traceparent = headerTraceparent(event.headers);
    invocation.describe({ trace_id: traceparent?.traceId });
    refuseForeignOrigin(event, allowedOrigins);
    // Throws if the route has no authorizer. The whole request then fails, and not only a tool call.
    const { caller, named } = apiGatewayCaller(event);
    const selected = selectedOf(catalogue, event);
    const deadline = invocationDeadline(context);
    const acting = actingParty(caller, rules);
    const secret = await readSecret(deadline.signal);
    invocation.describe(partyFields(acting, '', secret));
    const host: McpHost = {
      assertMayList() {
        try {
          assertScopes(caller, rules.requiredScopes);
        } catch (thrown) {
          throw protocolError(invocation.report(thrown), requestId);
        }
      },
      countResult,
      async pause(durationMs) {
        const hasTime = deadline.leftMs > durationMs + CALL_MS;
        if (hasTime) await sleep(durationMs, undefined, { signal: deadline.signal });
        return hasTime;
      },
      mayCall: ({ effect }) => hasScopes(caller, requiredScopes(settings, effect)),
      async call({ tool, input, idempotencyKey, traceparent: own }: McpCall) {
        const { name } = tool.definition;
        const trace = parseTraceparent(own) ?? traceparent;
        invocation.describe({ trace_id: trace?.traceId });
        try {
          const identityTemplate = templates.get(tool.connector.name) ?? '';
          const identifier = identify(caller, named, {
            identityTemplate,
            ...callerRules(settings, tool.effect),
          });
          const call = { tool: name, identifier, input };
          invocation.describe(partyFields(acting, identifier, secret));
          const { answer, requestId: toolRequestId } = await invoke(
            tool,
            idempotencyKey === undefined ? call : { ...call, idempotency_key: idempotencyKey },
            deadline.signal,
            trace,
          );
          invocation.describe({ tool_request_id: toolRequestId });
          if (answer instanceof ToolError) throw answer;
          invocation.log('tool invoked', name);
          return answer;
        } catch (thrown) {
          return { ...invocation.report(thrown, name).toBody(requestId) };
        }
      },
    };

    try {
      const createServer = () => createMcpServer(selected, host);
      const response = await serveMcp(requestOf(event), textOf(event), createServer);
      return await answerOf(response, requestId);
    } finally {
      deadline.end();
    }
  }
}

/** @throws ToolError `invalid_input` if the URL's query does not name the wanted tools correctly */
function selectedOf(catalogue: McpCatalogue, { queryStringParameters }: ApiGatewayEvent): McpCatalogue {
  const selectable = ({ definition, connector, effect }: CataloguedTool) => ({
    name: definition.name,
    connector: connector.name,
    effect,
  });
  const isSelected = toolSelection(queryStringParameters ?? {}, catalogue.tools.map(selectable));
  return { ...catalogue, tools: catalogue.tools.filter((tool) => isSelected(selectable(tool))) };
}

function requestOf({ requestContext: { http }, headers }: ApiGatewayEvent): Request {
  // Any URL works here, because API Gateway has already matched the route.
  return new Request('https://localhost/mcp', { method: http.method, headers: fetchHeaders(headers ?? {}) });
}

/**
 * Converts all headers of an event, because the protocol checks some of them. API Gateway sends header values as
 * text, but fetch expects bytes, so each value is converted to its UTF-8 bytes.
 * https://fetch.spec.whatwg.org/#concept-header-value
 * @throws ToolError `invalid_input` for a name or a value that HTTP does not allow
 */
function fetchHeaders(headers: Readonly<APIGatewayProxyEventHeaders>): Headers {
  try {
    return new Headers(
      Object.entries(headers).map(([name, value = '']) => [name, Buffer.from(value).toString('latin1')]),
    );
  } catch (cause) {
    throw new ToolError('invalid_input', {
      message: 'A header has a name or a value that HTTP does not allow. Send the request without it.',
      cause,
    });
  }
}

function protocolError(error: ToolError, requestId: string | null): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidRequest, error.message, error.toBody(requestId));
}

function errorMessageOf(error: ToolError, requestId: string | null): object {
  const { InternalError, InvalidRequest } = ProtocolErrorCode;
  const code = error.status < 500 ? InvalidRequest : InternalError;
  return errorMessage(code, error.message, error.toBody(requestId));
}

/**
 * Returns the body as text. If the body is not UTF-8, returns an empty text. The protocol rejects this text because it
 * is not JSON.
 */
function textOf(event: ApiGatewayEvent): string {
  try {
    return apiGatewayBody(event);
  } catch {
    return '';
  }
}

async function answerOf(response: Response, requestId: string | null): Promise<ApiGatewayAnswer> {
  return apiGatewayAnswer(
    response.status,
    await response.text(),
    requestId,
    Object.fromEntries(response.headers),
  );
}

/**
 * Rejects requests from web pages of other origins, because a web page can make a browser send requests that the user
 * does not know about.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#security-warning
 * @param allowed additional origins, or `*` for all
 * @throws ToolError `forbidden`
 */
function refuseForeignOrigin({ headers }: ApiGatewayEvent, allowed: readonly string[]): void {
  const origin = headerValue(headers ?? {}, 'origin');
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return;
  const host = headerValue(headers ?? {}, 'host');
  const scheme = headerValue(headers ?? {}, 'x-forwarded-proto') ?? 'https';
  if (host !== undefined && URL.parse(`${scheme}://${host}`)?.origin === origin) return;
  throw new ToolError('forbidden', {
    message: 'Web pages of this origin may not call the tools. The operator can allow it in ALLOWED_ORIGINS.',
  });
}
