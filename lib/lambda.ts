import type { Tool } from './contract/define-tool.ts';
import { handlerWith } from './create-handler.ts';
import { AuthoringError } from './errors/authoring-error.ts';
import type { Handler } from './lambda-handler.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';

/**
 * Makes the Lambda handler of a tool that reads, which serves every surface. In Lambda the settings are read and the
 * access token is fetched at once; anywhere else nothing happens before the first call.
 * @param tool the result of `defineTool`
 * @param options the settings, by default the process's environment, and where log lines and metrics go, by default
 * to stdout and stderr as CloudWatch reads them; handlers with the same `variables` object share all that the first had
 * @returns a handler that takes middlewares of Middy: `createHandler(tool).use(…)`
 * @throws AuthoringError for a tool that writes
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function createHandler(tool: Tool, options: Partial<RuntimeOptions> = {}): Handler {
  if (tool.effect === 'read') return handlerWith(undefined, tool, options);
  throw new AuthoringError(
    `${tool.name} writes. Import createHandler from 'scalekit-lambda-tools/lambda/write', which prevents duplicate writes.`,
  );
}
