import type { Tool } from '../lib/contract/define-tool.ts';
import type { ToolModule } from '../lib/deploy/discover-tools.ts';
import { type McpCatalogue, mcpCatalogue } from '../lib/mcp/mcp-catalogue.ts';
import type { InvokeTool } from '../lib/mcp/tool-invoker.ts';
import type { Environment } from '../lib/settings/parse-settings.ts';
import { readConnectorSettings, readSettings, readWriteSettings } from '../lib/settings/settings.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { CallRecorder } from './calls/call-recorder.ts';
import type { CallTracer } from './calls/call-tracer.ts';
import type { GatewayRoute } from './gateway/start-gateway.ts';
import { apiRoutes, type ToolFunction, toolFunctions, VERSION } from './lambda/stack-functions.ts';

export interface DeployOptions {
  /** The settings of the functions. */
  variables: Environment;
  log: Log;
  tracer: CallTracer;
  recorder: CallRecorder;
  /** Invokes the function of a tool, in the same way as the MCP function does. */
  invoke: InvokeTool;
}

/** The functions of the tools, with their routes and their catalogue. */
export interface DeployedTools {
  functions: readonly ToolFunction[];
  routes: readonly GatewayRoute[];
  catalogue: McpCatalogue;
}

/**
 * Deploys tools to the local stack. Every call is recorded.
 * @throws SettingsError if a setting that the tools need is missing or malformed
 * @throws AuthoringError if a contract cannot be published to agents
 */
export function deployTools(
  tools: readonly ToolModule[],
  { variables, log, tracer, recorder, invoke }: DeployOptions,
): DeployedTools {
  const declared = tools.map(({ tool }) => tool);
  assertSettings(variables, declared);
  const options = { variables, log: tracer.log(log), hooks: tracer.hooks };
  const functions = toolFunctions(tools, options).map((called) => recorder.record(called));
  const catalogue = mcpCatalogue(declared, VERSION);
  return { functions, catalogue, routes: apiRoutes(functions, catalogue, invoke, { variables, log }) };
}

/** Checks the settings of all tools. @throws SettingsError if one is missing or malformed */
export function assertSettings(settings: Environment, tools: readonly Tool[]): void {
  readSettings(settings);
  for (const { connector, effect } of tools) {
    readConnectorSettings(connector, settings);
    if (effect !== 'read') readWriteSettings(settings);
  }
}
