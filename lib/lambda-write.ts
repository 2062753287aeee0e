import type { Tool } from './contract/define-tool.ts';
import { handlerWith } from './create-handler.ts';
import { AuthoringError } from './errors/authoring-error.ts';
import type { Handler } from './lambda-handler.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';
import { guardWrites } from './writes/guard-writes.ts';

/**
 * Makes the Lambda handler of a tool that writes. The handler prevents duplicate writes, so its bundle contains the
 * DynamoDB client.
 * @param tool the result of `defineTool`
 * @param options the settings, and the receivers of log lines and metrics. By default, the settings are the process's
 * environment, and the receivers are stdout and stderr in CloudWatch's format. If several handlers get the same
 * `variables` object, all of them use the options of the first handler
 * @returns a handler that accepts Middy middlewares: `createHandler(tool).use(…)`
 * @throws AuthoringError for a tool that reads
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function createHandler(tool: Tool, options: Partial<RuntimeOptions> = {}): Handler {
  if (tool.effect !== 'read') return handlerWith(guardWrites, tool, options);
  throw new AuthoringError(
    `${tool.name} reads. Import createHandler from 'scalekit-lambda-tools/lambda', whose bundle is smaller.`,
  );
}
