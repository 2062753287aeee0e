import type { Tool } from './contract/define-tool.ts';
import { type Handler, handlerWith } from './create-handler.ts';
import { AuthoringError } from './errors/authoring-error.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';

/**
 * Makes the Lambda handler of a tool that reads, which serves every surface. In Lambda the settings are read and the
 * access token is fetched at once; elsewhere nothing happens before the first call.
 * @param tool the tool, made by `defineTool`
 * @param options the settings, by default the process's environment; and the destinations of log lines and metrics, by
 * default stdout and stderr in CloudWatch's format. Handlers with the same `variables` object share everything that the
 * first one had
 * @throws AuthoringError for a tool that writes
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function createHandler(tool: Tool, options: Partial<RuntimeOptions> = {}): Handler {
  if (tool.effect === 'read') return handlerWith(undefined, tool, options);
  throw new AuthoringError(
    `${tool.name} writes. Import createHandler from 'scalekit-lambda-tools/lambda/write', which prevents duplicate writes.`,
  );
}
