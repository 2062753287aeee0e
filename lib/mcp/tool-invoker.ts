import {
  InvokeCommand,
  type InvokeCommandOutput,
  LambdaClient,
  type LambdaClientConfig,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import { toolFunctionName } from '../function-declaration.ts';
import { amazonTraceHeader, type TraceParent } from '../surfaces/headers.ts';
import { parseJson } from '../text/json.ts';
import { invocationError } from './invocation-error.ts';
import type { CataloguedTool } from './mcp-catalogue.ts';

/** The event of a direct invocation. */
export interface DirectCall {
  tool: string;
  identifier: string;
  input: Record<string, unknown>;
  idempotency_key?: unknown;
}

/** The outcome of an invocation. */
interface ToolInvocation {
  /** The request ID of the invocation; undefined if Lambda did not send one. */
  requestId: string | undefined;
  /** The output or the object with `error`. If the function crashed, the error to return. */
  answer: Record<string, unknown> | ToolError;
}

/**
 * Invokes the function of a tool.
 * @param traceparent the caller's trace, which the function continues; undefined if the caller sent no trace
 * @throws ToolError if Lambda did not run the function, or if its response is lost
 */
export type InvokeTool = (
  tool: CataloguedTool,
  call: DirectCall,
  signal: AbortSignal,
  traceparent?: TraceParent,
) => Promise<ToolInvocation>;

const Answer = z.record(z.string(), z.unknown());
/** The response that Lambda itself sends if a function crashed. */
const Breakdown = z.object({ errorType: z.string() });
const WithHeaders = z.object({ headers: z.record(z.string(), z.string()) });

// We do not reuse connections. If a reused connection had been closed while this environment was frozen, we could not
// know if a write was sent. `maxSockets` must have no limit: with a limit, Node.js would reuse a connection for a
// request that waits for a free socket.
const ONE_CONNECTION_EACH = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };

/**
 * Invokes the tools' functions over the Lambda API.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @param functionNamePrefix the prefix of the functions' names
 * @param client the endpoint and the credentials; by default from the AWS SDK
 */
export function createToolInvoker(functionNamePrefix: string, client: LambdaClientConfig = {}): InvokeTool {
  const lambda = new LambdaClient({
    ...client,
    // The SDK would repeat a request whose response was lost. This could repeat a write.
    maxAttempts: 1,
    requestHandler: { httpAgent: ONE_CONNECTION_EACH, httpsAgent: ONE_CONNECTION_EACH },
  });

  return async ({ definition: { name }, effect }, call, signal, traceparent) => {
    const command = new InvokeCommand({
      FunctionName: toolFunctionName(functionNamePrefix, name),
      Payload: JSON.stringify(call),
    });
    if (traceparent) {
      // The event of a direct invocation has no field for the trace. Lambda passes the trace in this header to the
      // function.
      const trace = amazonTraceHeader(traceparent, process.env._X_AMZN_TRACE_ID);
      command.middlewareStack.add(
        (next) => (args) => {
          if (hasHeaders(args.request)) args.request.headers['X-Amzn-Trace-Id'] = trace;
          return next(args);
        },
        { step: 'build' },
      );
    }
    const response = await lambda.send(command, { abortSignal: signal }).catch((cause: unknown) => {
      throw invocationError(cause, effect, signal);
    });
    return { requestId: response.$metadata.requestId, answer: answerOf(response, effect) };
  };
}

function hasHeaders(request: unknown): request is z.output<typeof WithHeaders> {
  return WithHeaders.safeParse(request).success;
}

function answerOf(
  { Payload, FunctionError }: InvokeCommandOutput,
  effect: CataloguedTool['effect'],
): ToolInvocation['answer'] {
  const payload = parseJson(Payload?.transformToString() ?? '');
  if (FunctionError !== undefined) return brokenDown(Breakdown.safeParse(payload).data?.errorType, effect);
  const { success, data } = Answer.safeParse(payload);
  return success ? data : brokenDown('no object was answered', effect);
}

/**
 * Returns the error for a function that crashed or did not return an object. For a write, the outcome is then unknown.
 */
function brokenDown(errorType: string | undefined, effect: CataloguedTool['effect']): ToolError {
  const cause = new Error(`The function broke down: ${errorType}`);
  // A function throws this error when it starts, so it has not handled the event.
  if (errorType === 'SettingsError') return new ToolError('not_configured', { cause });
  return new ToolError(effect === 'read' ? 'internal_error' : 'outcome_unknown', { cause });
}
