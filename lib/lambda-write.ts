import type { Tool } from './contract/define-tool.ts';
import { type Handler, handlerWith } from './create-handler.ts';
import { AuthoringError } from './errors/authoring-error.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';
import { guardWrites } from './writes/guard-writes.ts';

/**
 * Makes the Lambda handler of a tool that writes. It is like that of a tool that reads, plus a guard against duplicate
 * writes; only its bundle contains the DynamoDB client.
 * @param tool the tool, made by `defineTool`
 * @param options the settings, by default the process's environment; and the destinations of log lines and metrics, by
 * default stdout and stderr in CloudWatch's format. Handlers with the same `variables` object share everything that the
 * first one had
 * @throws AuthoringError for a tool that reads
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function createHandler(tool: Tool, options: Partial<RuntimeOptions> = {}): Handler {
  if (tool.effect !== 'read') return handlerWith(guardWrites, tool, options);
  throw new AuthoringError(
    `${tool.name} reads. Import createHandler from 'scalekit-lambda-tools/lambda', whose bundle is smaller.`,
  );
}
