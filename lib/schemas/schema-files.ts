import type { Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { agentCoreTool } from './agentcore.ts';
import { bedrockFunctions } from './bedrock-functions.ts';
import { bedrockGroup } from './bedrock-group.ts';
import { bedrockGroupRequest } from './bedrock-group-request.ts';
import { bedrockOpenApi } from './bedrock-openapi.ts';
import { derivedName } from './derived-names.ts';
import { openApiDocument } from './openapi.ts';
import { DEFINITION_FORMATS, toolDefinitions } from './tool-definitions.ts';

/** The general information for the OpenAPI document. */
interface SchemaFilesOptions {
  /** The version of the API. */
  version: string;
  /** The URLs of the API. */
  servers: readonly string[];
}

/**
 * Returns the content of all schema files for these tools. The keys are the paths of the files.
 * @throws AuthoringError if a schema format cannot express a contract
 */
export function schemaFiles(tools: readonly Tool[], options: SchemaFilesOptions): Record<string, object> {
  assertNamesDiffer(tools);
  return {
    'openapi.json': openApiDocument(tools, options),
    ...Object.fromEntries(
      DEFINITION_FORMATS.map((format) => [`${format}.json`, toolDefinitions(tools, format)]),
    ),
    'agentcore.json': { targets: tools.map(agentCoreTarget) },
    'bedrock/functions.json': { actionGroups: tools.flatMap(functionsGroup) },
    ...Object.fromEntries(tools.map((tool) => [`bedrock/${tool.name}.openapi.json`, bedrockOpenApi(tool)])),
    ...Object.fromEntries(
      tools.map((tool) => [`bedrock/groups/${tool.name}.json`, bedrockGroupRequest(tool)]),
    ),
  };
}

/** Returns an AgentCore target. A target calls only one Lambda function, so it contains only one tool. */
function agentCoreTarget(tool: Tool) {
  return { name: derivedName(tool.name), toolSchema: { inlinePayload: [agentCoreTool(tool)] } };
}

function functionsGroup(tool: Tool) {
  const functionSchema = bedrockFunctions(tool);
  return functionSchema ? [{ ...bedrockGroup(tool), functionSchema }] : [];
}

function assertNamesDiffer(tools: readonly Tool[]): void {
  const names = new Map<string, string>();
  for (const { name } of tools) {
    const derived = derivedName(name);
    const other = names.get(derived);
    if (other) throw new AuthoringError(`${name} and ${other} are both ${derived} to agents. Rename one.`);
    names.set(derived, name);
  }
}
