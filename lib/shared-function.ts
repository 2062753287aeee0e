import { ToolError } from './errors/tool-error.ts';
import type { SharedFunction } from './function-declaration.ts';
import { type Handler, lambdaHandler } from './lambda-handler.ts';
import {
  type ApiGatewayAnswer,
  apiGatewayAnswer,
  apiGatewayErrorAnswer,
} from './surfaces/api-gateway-answer.ts';
import { ApiGatewayEvent } from './surfaces/api-gateway-event.ts';
import type { InvocationContext } from './surfaces/surface.ts';
import { failureFields } from './telemetry/failure-fields.ts';
import type { Log, LogFields } from './telemetry/log.ts';
import { bestEffort, createPowertoolsLog } from './telemetry/log.ts';
import { createErrorCount } from './telemetry/metrics.ts';
import type { Deadline } from './time/deadline.ts';
import { invocationDeadline } from './time/deadline.ts';

/** An invocation of a function that serves only the HTTP API. */
export interface SharedFunctionInvocation {
  event: ApiGatewayEvent;
  context: InvocationContext;
  /** Logs a failure, counts it, and returns the error for the caller. */
  report(thrown: unknown, tool?: string): ToolError;
  /** Logs a success. */
  log(message: string, tool: string): void;
  /** Adds fields to all following log lines of this invocation. */
  describe(fields: Partial<LogFields>): void;
}

/**
 * Makes the Lambda handler of a function that serves only the HTTP API.
 * @param name the function's name in the log
 * @param answer returns the response; if it throws an error, the function returns an error response
 */
export function createSharedFunction(
  name: string,
  answer: (invocation: SharedFunctionInvocation) => Promise<ApiGatewayAnswer>,
  writeLog: Log = createPowertoolsLog(),
): Handler {
  const log = bestEffort(writeLog);
  // Only Lambda turns printed lines into metrics. Elsewhere we count nothing.
  const countError = bestEffort(process.env.AWS_LAMBDA_FUNCTION_NAME ? createErrorCount() : () => {});

  const invocation = (context: InvocationContext): Omit<SharedFunctionInvocation, 'event'> => {
    const requestId = context.awsRequestId ?? null;
    let described: Partial<LogFields> = {};
    const common = (tool: string) => ({ tool, surface: name, request_id: requestId, ...described });
    return {
      context,
      report(thrown, tool = name) {
        const error =
          thrown instanceof ToolError ? thrown : new ToolError('internal_error', { cause: thrown });
        const { level, fields } = failureFields(error);
        countError(error.code);
        log(level, 'call failed', { ...common(tool), ...fields });
        return error;
      },
      log: (message, tool) => log('INFO', message, common(tool)),
      describe(fields) {
        described = { ...described, ...fields };
      },
    };
  };

  return lambdaHandler(
    async (rawEvent, context) => {
      const begun = invocation(context);
      const { success, data: event } = ApiGatewayEvent.safeParse(rawEvent);
      const requestId = context.awsRequestId ?? null;
      if (!success) return begun.report(unknownEvent(name)).toBody(requestId);
      try {
        return await answer({ event, ...begun });
      } catch (thrown) {
        return apiGatewayErrorAnswer(begun.report(thrown), requestId);
      }
    },
    async (_event, context, thrown) =>
      apiGatewayErrorAnswer(invocation(context).report(thrown), context.awsRequestId ?? null),
  );
}

/** Handles one route. */
export type RouteHandler = (invocation: SharedFunctionInvocation, deadline: Deadline) => Promise<unknown>;

/**
 * Makes the Lambda handler of a shared function. Each of its routes returns JSON with status 200.
 * @param declared the function's name and routes
 * @param handlers one handler for each route
 * @param enter called before the handler of each route that needs a token
 */
export function createRoutedFunction<RouteKey extends string>(
  { name, routes, openRoutes }: Pick<SharedFunction<RouteKey>, 'name' | 'routes' | 'openRoutes'>,
  handlers: Readonly<Record<RouteKey, RouteHandler>>,
  enter: (invocation: SharedFunctionInvocation) => void,
  log?: Log,
): Handler {
  return createSharedFunction(
    name,
    async (invocation) => {
      const { event, context } = invocation;
      const key = [...routes, ...openRoutes].find((route) => route === event.routeKey);
      if (key === undefined) throw unknownRoute(routes);
      if (routes.includes(key)) enter(invocation);
      const deadline = invocationDeadline(context);
      try {
        const output = await handlers[key](invocation, deadline);
        return apiGatewayAnswer(200, JSON.stringify(output), context.awsRequestId ?? null);
      } finally {
        deadline.end();
      }
    },
    log,
  );
}

function unknownRoute(routes: readonly string[]): ToolError {
  return new ToolError('internal_error', {
    message: `This function serves only ${routes.join(', ')}. Report this to the operator.`,
  });
}

function unknownEvent(name: string): ToolError {
  return new ToolError('internal_error', {
    message: `The function ${name} serves only the HTTP API, in payload format 2.0. Report this to the operator.`,
  });
}
