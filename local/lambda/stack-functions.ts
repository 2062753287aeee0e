import { accountsCatalogue } from '../../lib/accounts/accounts-catalogue.ts';
import { createAccountsFunction } from '../../lib/accounts/accounts-function.ts';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { withOptions } from '../../lib/create-handler.ts';
import type { ToolModule } from '../../lib/deploy/discover-tools.ts';
import { routesOf, SHARED_FUNCTIONS, type SharedFunctionName } from '../../lib/deploy/shared-functions.ts';
import { discoveryCatalogue } from '../../lib/discovery/discovery-catalogue.ts';
import { createDiscoveryFunction } from '../../lib/discovery/discovery-function.ts';
import type { Handler } from '../../lib/lambda-handler.ts';
import type { McpCatalogue } from '../../lib/mcp/mcp-catalogue.ts';
import { createMcpFunction } from '../../lib/mcp/mcp-function.ts';
import type { InvokeTool } from '../../lib/mcp/tool-invoker.ts';
import type { ChainHooks } from '../../lib/runtime/steps.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { GatewayRoute } from '../gateway/start-gateway.ts';
import type { LocalFunction } from './invoke-function.ts';

/** The version that the functions report. */
export const VERSION = packageJson.version;

interface FunctionOptions {
  variables: Environment;
  log?: Log;
  hooks?: ChainHooks;
}

/** The function of a tool. */
export interface ToolFunction extends LocalFunction {
  tool: Tool;
}

/** Creates the functions of tools in the same way as a deployment. */
export function toolFunctions(tools: readonly ToolModule[], options: FunctionOptions): ToolFunction[] {
  return tools.map(({ tool, handler }) => ({
    tool,
    functionName: tool.name,
    // Metrics would fill the terminal, and there is no CloudWatch here that could store them.
    handler: withOptions(handler, { metrics: () => {}, ...options }),
  }));
}

/** The routes of the tools and of the shared functions. */
export function apiRoutes(
  functions: readonly ToolFunction[],
  catalogue: McpCatalogue,
  invoke: InvokeTool,
  options: FunctionOptions,
): GatewayRoute[] {
  const tools = functions.map(({ tool }) => tool);
  const handlers: Readonly<Record<SharedFunctionName, Handler>> = {
    discovery: createDiscoveryFunction(discoveryCatalogue(tools, VERSION), options),
    mcp: createMcpFunction(catalogue, { ...options, invoke }),
    accounts: createAccountsFunction(accountsCatalogue(tools), options),
  };
  const shared = SHARED_FUNCTIONS.flatMap((declared) =>
    routesOf(declared).map((route) => ({
      ...route,
      functionName: declared.name,
      handler: handlers[declared.name],
    })),
  );
  return [
    ...functions.map((called) => ({
      method: 'POST' as const,
      path: `/tools/${called.functionName}`,
      ...called,
    })),
    ...shared,
  ];
}
