import type { Tool } from './contract/define-tool.ts';
import { handlerWith } from './create-handler.ts';
import { AuthoringError } from './errors/authoring-error.ts';
import type { Handler } from './lambda-handler.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';

/**
 * Makes the Lambda handler of a tool that reads. The handler accepts the events of every surface. In Lambda, it reads
 * the settings and fetches the access token immediately. Elsewhere, it does nothing before the first call.
 * @param tool the result of `defineTool`
 * @param options the settings, and the receivers of log lines and metrics. By default, the settings are the process's
 * environment, and the receivers are stdout and stderr in CloudWatch's format. If several handlers get the same
 * `variables` object, all of them use the options of the first handler
 * @returns a handler that accepts Middy middlewares: `createHandler(tool).use(…)`
 * @throws AuthoringError for a tool that writes
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function createHandler(tool: Tool, options: Partial<RuntimeOptions> = {}): Handler {
  if (tool.effect === 'read') return handlerWith(undefined, tool, options);
  throw new AuthoringError(
    `${tool.name} writes. Import createHandler from 'scalekit-lambda-tools/lambda/write', which prevents duplicate writes.`,
  );
}
