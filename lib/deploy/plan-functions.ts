import type { Connector } from '../contract/define-connector.ts';
import type { Tool } from '../contract/define-tool.ts';
import { toolsByConnector } from '../contract/tools-by-connector.ts';
import type { DiscoveredTool } from './discover-tools.ts';
import { FUNCTION_KINDS, type FunctionKind, TELEMETRY_SETTINGS } from './function-kinds.ts';
import { GENERATED_FOLDER } from './generated-functions.ts';

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
}

/** A Lambda function, as any tool of deployment makes it. */
export interface PlannedFunction {
  /** Its name within the project, such as `gmail_list_unread` or `mcp`: also that of its zip. */
  key: string;
  kind: FunctionKind;
  handler: string;
  description: string;
  routes: readonly Route[];
  /** The environment variables that it reads, sorted. */
  settings: readonly string[];
  /** Undefined for the functions beside the tools. */
  tool: Tool | undefined;
}

interface PlanOptions {
  /** Each gets a function; the other functions list and invoke them. */
  tools: readonly DiscoveredTool[];
  /** Whether discovery, MCP and accounts, which an API has once, are among them. */
  shared: boolean;
  /** Whether a gateway is among what is deployed. */
  interceptor: boolean;
}

/** The functions of a deployment: one for each tool, and those that know all tools. */
export function planFunctions({ tools, shared, interceptor }: PlanOptions): PlannedFunction[] {
  return [
    ...tools.map(toolFunction),
    ...(shared ? apiFunctions(tools) : []),
    ...(interceptor ? [INTERCEPTOR] : []),
  ];
}

const INTERCEPTOR: PlannedFunction = {
  key: 'interceptor',
  kind: 'interceptor',
  handler: 'lib/agentcore/interceptor.handler',
  description: "Hands the caller's token on through the AgentCore Gateway",
  routes: [],
  settings: settingsOf('interceptor', []),
  tool: undefined,
};

function toolFunction({ tool, file }: DiscoveredTool): PlannedFunction {
  const kind = tool.effect === 'read' ? 'read' : 'write';
  return {
    key: tool.name,
    kind,
    handler: file.replace(/\.ts$/, '.handler'),
    description: `${tool.name}: ${tool.effect} tool of the connector ${tool.connector.name}`,
    routes: [{ method: 'POST', path: `/tools/${tool.name}` }],
    settings: settingsOf(kind, [tool.connector]),
    tool,
  };
}

function apiFunctions(tools: readonly DiscoveredTool[]): PlannedFunction[] {
  const connectors = toolsByConnector(tools.map(({ tool }) => tool)).map(({ connector }) => connector);
  const common = (
    kind: FunctionKind,
    description: string,
    routes: readonly Route[],
    handler = `${GENERATED_FOLDER}/${kind}.handler`,
  ): PlannedFunction => ({
    key: kind,
    kind,
    handler,
    description,
    routes,
    settings: settingsOf(kind, connectors),
    tool: undefined,
  });
  return [
    common('discovery', 'What there is to call: GET /tools and GET /openapi.json', [
      { method: 'GET', path: '/tools' },
      { method: 'GET', path: '/openapi.json' },
    ]),
    // Each method for itself: a route for any of them would also take the preflight requests of browsers.
    common(
      'mcp',
      'The Model Context Protocol: lists the tools, and invokes the function of each',
      (['POST', 'GET', 'DELETE'] as const).map((method) => ({ method, path: '/mcp' })),
    ),
    common('accounts', "The caller's connected accounts, and how they are connected", [
      { method: 'GET', path: '/accounts' },
      { method: 'POST', path: '/accounts/{connector}/authorize' },
      { method: 'POST', path: '/accounts/verify' },
    ]),
  ];
}

function settingsOf(kind: FunctionKind, connectors: readonly Connector[]): string[] {
  const { settings, knowsAllConnectors } = FUNCTION_KINDS[kind];
  const has = knowsAllConnectors || kind === 'read' || kind === 'write';
  const ofConnectors = connectors.flatMap(({ connectionSetting, identityTemplateSetting }) => [
    connectionSetting,
    identityTemplateSetting,
  ]);
  return [...settings, ...TELEMETRY_SETTINGS, ...(has ? ofConnectors : [])].sort();
}
