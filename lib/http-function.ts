import type { Handler } from './create-handler.ts';
import { ToolError } from './errors/tool-error.ts';
import type { SharedFunction } from './function-declaration.ts';
import { invocationDeadline } from './runtime/invocation-deadline.ts';
import { type HttpAnswer, httpAnswer, httpErrorAnswer } from './surfaces/http-answer.ts';
import { HttpEvent } from './surfaces/http-event.ts';
import type { InvocationContext } from './surfaces/surface.ts';
import { contained } from './telemetry/contained.ts';
import { createErrorCount } from './telemetry/error-count.ts';
import { failureFields } from './telemetry/failure-fields.ts';
import type { Log, LogFields } from './telemetry/log.ts';
import { createPowertoolsLog } from './telemetry/powertools-log.ts';
import type { Deadline } from './time/deadline.ts';

/** An invocation, as the functions beside the tools see it. */
export interface HttpInvocation {
  event: HttpEvent;
  context: InvocationContext;
  /** Writes the one line of something that failed, counts it, and returns the error for the caller. */
  report(thrown: unknown, tool?: string): ToolError;
  /** Writes a line of something that succeeded. */
  log(message: string, tool: string): void;
  /** These are in each of the following lines. */
  describe(fields: Partial<LogFields>): void;
}

/**
 * Makes the Lambda handler of a function that serves the HTTP API alone.
 * @param name what the log calls it
 * @param answer what it answers; what it throws becomes an error's answer
 */
export function createHttpFunction(
  name: string,
  answer: (invocation: HttpInvocation) => Promise<HttpAnswer>,
  writeLog: Log = createPowertoolsLog(),
): Handler {
  const log = contained(writeLog);
  // Only Lambda makes metrics of what is printed.
  const countError = contained(process.env.AWS_LAMBDA_FUNCTION_NAME ? createErrorCount() : () => {});

  return async (rawEvent, context) => {
    const requestId = context.awsRequestId ?? null;
    let described: Partial<LogFields> = {};
    const describe = (fields: Partial<LogFields>) => {
      described = { ...described, ...fields };
    };
    const common = (tool: string) => ({ tool, surface: name, request_id: requestId, ...described });
    const report = (thrown: unknown, tool = name) => {
      const error = thrown instanceof ToolError ? thrown : new ToolError('internal_error', { cause: thrown });
      const { level, fields } = failureFields(error);
      countError(error.code);
      log(level, 'call failed', { ...common(tool), ...fields });
      return error;
    };
    const { success, data: event } = HttpEvent.safeParse(rawEvent);
    if (!success) return report(unknownEvent(name)).toBody(requestId);
    try {
      return await answer({
        event,
        context,
        report,
        log: (message, tool) => log('INFO', message, common(tool)),
        describe,
      });
    } catch (thrown) {
      return httpErrorAnswer(report(thrown), requestId);
    }
  };
}

/** Answers one route. */
export type RouteHandler = (invocation: HttpInvocation, deadline: Deadline) => Promise<unknown>;

/**
 * Makes the Lambda handler of a shared function, which answers each of its routes with 200 and JSON.
 * @param declared its name and its routes
 * @param handlers one for each route
 * @param enter called before the handler of each route that needs a token
 */
export function createRoutedFunction<RouteKey extends string>(
  { name, routes, openRoutes }: Pick<SharedFunction<RouteKey>, 'name' | 'routes' | 'openRoutes'>,
  handlers: Readonly<Record<RouteKey, RouteHandler>>,
  enter: (invocation: HttpInvocation) => void,
  log?: Log,
): Handler {
  return createHttpFunction(
    name,
    async (invocation) => {
      const { event, context } = invocation;
      const key = [...routes, ...openRoutes].find((route) => route === event.routeKey);
      if (key === undefined) throw unknownRoute(routes);
      if (routes.includes(key)) enter(invocation);
      const deadline = invocationDeadline(context);
      try {
        const output = await handlers[key](invocation, deadline);
        return httpAnswer(200, JSON.stringify(output), context.awsRequestId ?? null);
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
