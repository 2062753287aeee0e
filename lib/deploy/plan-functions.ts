import { INTERCEPTOR } from '../agentcore/declaration.ts';
import type { Connector } from '../contract/define-connector.ts';
import type { Tool } from '../contract/define-tool.ts';
import { toolsByConnector } from '../contract/tools-by-connector.ts';
import type { DiscoveredTool } from './discover-tools.ts';
import { FUNCTION_KINDS, type FunctionKind, TELEMETRY_SETTINGS } from './function-kinds.ts';
import { GENERATED_FOLDER } from './generated-functions.ts';
import { type ApiGatewayRoute, routesOf, SHARED_FUNCTIONS } from './shared-functions.ts';

/** A Lambda function, independent of the deployment tool. */
export interface PlannedFunction {
  /** The name within the project, such as `gmail_list_unread` or `mcp`; also the name of its zip. */
  key: string;
  kind: FunctionKind;
  handler: string;
  description: string;
  routes: readonly ApiGatewayRoute[];
  /** The environment variables that the function reads, sorted. */
  settings: readonly string[];
  /** The function's tool; undefined for the shared functions and the interceptor. */
  tool: Tool | undefined;
}

interface PlanOptions {
  /** The tools. Each tool gets its own function. The shared functions list and invoke the tools. */
  tools: readonly DiscoveredTool[];
  /**
   * True to include the shared functions: discovery, MCP and accounts. Services that share an API need them only once.
   */
  shared: boolean;
  /** True to include the routes that need no token. Clients read there where to log in. */
  openRoutes: boolean;
  /** True if an AgentCore Gateway is deployed. */
  interceptor: boolean;
}

/** Returns the functions of a deployment: one for each tool, the shared functions and the interceptor. */
export function planFunctions({ tools, shared, openRoutes, interceptor }: PlanOptions): PlannedFunction[] {
  const connectors = toolsByConnector(tools.map(({ tool }) => tool)).map(({ connector }) => connector);
  return [
    ...tools.map(toolFunction),
    ...(shared ? SHARED_FUNCTIONS.map((declared) => sharedFunction(declared, connectors, openRoutes)) : []),
    ...(interceptor ? [interceptorFunction()] : []),
  ];
}

function toolFunction({ tool, file }: DiscoveredTool): PlannedFunction {
  const kind = tool.effect === 'read' ? 'read' : 'write';
  return {
    key: tool.name,
    kind,
    handler: file.replace(/\.ts$/, '.handler'),
    description: `${tool.name}: ${tool.effect} tool of the connector ${tool.connector.name}`,
    routes: [{ method: 'POST', path: `/tools/${tool.name}`, isOpen: false }],
    settings: settingsOf(kind, [tool.connector]),
    tool,
  };
}

function sharedFunction(
  declared: (typeof SHARED_FUNCTIONS)[number],
  connectors: readonly Connector[],
  openRoutes: boolean,
): PlannedFunction {
  const { name, description, knowsAllConnectors } = declared;
  return {
    key: name,
    kind: name,
    handler: `${GENERATED_FOLDER}/${name}.handler`,
    description,
    routes: routesOf(declared).filter(({ isOpen }) => openRoutes || !isOpen),
    settings: settingsOf(name, knowsAllConnectors ? connectors : []),
    tool: undefined,
  };
}

function interceptorFunction(): PlannedFunction {
  const { name, description } = INTERCEPTOR;
  return {
    key: name,
    kind: name,
    handler: 'lib/agentcore/interceptor.handler',
    description,
    routes: [],
    settings: settingsOf(name, []),
    tool: undefined,
  };
}

function settingsOf(kind: FunctionKind, connectors: readonly Connector[]): string[] {
  const ofConnectors = connectors.flatMap(({ connectionSetting, identityTemplateSetting }) => [
    connectionSetting,
    identityTemplateSetting,
  ]);
  return [...FUNCTION_KINDS[kind].settings, ...TELEMETRY_SETTINGS, ...ofConnectors].sort();
}
