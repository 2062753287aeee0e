import type { Handler } from './create-handler.ts';
import { ToolError } from './errors/tool-error.ts';
import { type HttpAnswer, httpErrorAnswer } from './surfaces/http-answer.ts';
import { HttpEvent } from './surfaces/http-event.ts';
import type { InvocationContext } from './surfaces/surface.ts';
import { contained } from './telemetry/contained.ts';
import { createErrorCount } from './telemetry/error-count.ts';
import { failureFields } from './telemetry/failure-fields.ts';
import type { Log, LogFields } from './telemetry/log.ts';
import { createPowertoolsLog } from './telemetry/powertools-log.ts';

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

function unknownEvent(name: string): ToolError {
  return new ToolError('internal_error', {
    message: `The function ${name} serves the HTTP API alone, in payload format 2.0. Report this to the operator.`,
  });
}
