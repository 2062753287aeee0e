import type { Tool } from '../contract/define-tool.ts';
import { type BedrockFunctions, bedrockFunctions } from './bedrock-functions.ts';
import { type BedrockGroup, bedrockGroup } from './bedrock-group.ts';
import { bedrockOpenApi } from './bedrock-openapi.ts';

/** The request that creates a tool's action group. It lacks the agent and the ARN of the function. */
interface BedrockGroupRequest extends BedrockGroup {
  actionGroupState: 'ENABLED';
  functionSchema?: BedrockFunctions;
  apiSchema?: { payload: string };
}

/**
 * Returns the request that adds a tool to an existing agent. The request contains function details if Bedrock accepts
 * that many parameters, otherwise an OpenAPI schema.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgentActionGroup.html
 * @throws AuthoringError if Bedrock cannot express the contract
 */
export function bedrockGroupRequest(tool: Tool): BedrockGroupRequest {
  const functionSchema = bedrockFunctions(tool);
  return {
    ...bedrockGroup(tool),
    actionGroupState: 'ENABLED',
    ...(functionSchema
      ? { functionSchema }
      : { apiSchema: { payload: JSON.stringify(bedrockOpenApi(tool)) } }),
  };
}
