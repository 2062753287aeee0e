import type { Tool } from '../../../lib/contract/define-tool.ts';
import { outputSchema } from '../../../lib/schemas/json-schema.ts';
import { mcpTool } from '../../../lib/schemas/mcp.ts';
import type { ToolReloader } from '../../reload/tool-reloader.ts';
import { knownUsers } from '../../scalekit/seed-of-providers.ts';
import type { Stack } from '../../stack.ts';
import type { Catalogue } from '../console-api.ts';

const SURFACES: Catalogue['surfaces'] = [
  { name: 'http', title: 'HTTP API', takesKey: true, takesClaims: true },
  { name: 'mcp', title: 'MCP', takesKey: true, takesClaims: true },
  { name: 'bedrock-function', title: 'Bedrock, function details', takesKey: false, takesClaims: false },
  { name: 'bedrock-openapi', title: 'Bedrock, OpenAPI', takesKey: false, takesClaims: false },
  { name: 'agentcore', title: 'AgentCore Gateway', takesKey: false, takesClaims: true },
  { name: 'direct', title: 'Direct invocation', takesKey: true, takesClaims: false },
];

/** Lists everything that can be called. @param reloader undefined if tools are not reloaded */
export function consoleCatalogue(
  stack: Stack,
  reloader: Pick<ToolReloader, 'problems' | 'needsRestart'> = { problems: [], needsRestart: [] },
): Catalogue {
  const { scalekit } = stack;
  const ownExamples = ({ name, connector }: Tool) => {
    const provider = stack.providers.find((candidate) => candidate.connector === connector.name);
    const own = provider?.examples?.[name];
    return own && [own];
  };
  return {
    tools: stack.tools.map(({ tool, file }) => ({
      ...mcpTool(tool),
      // People read this schema, so it is complete. `mcpTool` leaves out some of it to save tokens.
      outputSchema: outputSchema(tool),
      connector: tool.connector.name,
      effect: tool.effect,
      scopes: tool.scopes,
      file,
      exampleInputs: ownExamples(tool) ?? tool.examples.map(({ input }) => input),
    })),
    users: scalekit ? knownUsers(scalekit, stack.providers) : [],
    surfaces: SURFACES,
    isEmulated: scalekit !== undefined,
    problems: reloader.problems,
    needsRestart: reloader.needsRestart,
  };
}
