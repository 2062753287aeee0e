import type { Tool } from '../contract/define-tool.ts';
import { type BedrockFunctions, bedrockFunctions } from './bedrock-functions.ts';
import { type BedrockGroup, bedrockGroup } from './bedrock-group.ts';
import { bedrockOpenApi } from './bedrock-openapi.ts';

/** What creates the action group of a tool, but for the agent and the ARN of the function. */
interface BedrockGroupRequest extends BedrockGroup {
  actionGroupState: 'ENABLED';
  functionSchema?: BedrockFunctions;
  apiSchema?: { payload: string };
}

/**
 * The request that adds a tool to an agent that exists: with function details where Bedrock takes as many parameters,
 * otherwise with OpenAPI.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgentActionGroup.html
 * @throws AuthoringError where Bedrock cannot say what the contract says
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
