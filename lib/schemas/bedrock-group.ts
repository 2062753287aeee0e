import type { Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { derivedName } from './derived-names.ts';
import { fitDescription } from './tool-description.ts';

const GROUP_DESCRIPTION_LENGTH_MAX = 200;

/** The maximum length of a description. The description belongs to a function, an operation or a field. */
export const BEDROCK_DESCRIPTION_LENGTH_MAX = { operation: 1_200, field: 500 };

export type RequireConfirmation = 'ENABLED' | 'DISABLED';

/** An action group of a Bedrock agent. A group has only one Lambda function, so it contains only one tool. */
export interface BedrockGroup {
  actionGroupName: string;
  description: string;
}

/**
 * Returns the name and the description of a tool's action group.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgentActionGroup.html
 */
export function bedrockGroup(tool: Tool): BedrockGroup {
  const limit = { maximum: GROUP_DESCRIPTION_LENGTH_MAX, place: tool.name };
  return {
    actionGroupName: derivedName(tool.name),
    description: fitDescription(tool.description, '', limit),
  };
}

/** Returns `ENABLED` if the agent should ask the user before it calls the tool. */
export function requireConfirmation({ confirm }: Tool): RequireConfirmation {
  return confirm ? 'ENABLED' : 'DISABLED';
}

const NAME = /^([0-9a-zA-Z][_-]?){1,100}$/;

/** @throws AuthoringError if Bedrock rejects the name of a field */
export function assertBedrockNames(tool: Tool, names: readonly string[]): void {
  for (const name of names) {
    if (!NAME.test(name)) {
      throw new AuthoringError(
        `${tool.name}: Bedrock refuses "${name}" as the name of a field. Write it with letters, digits and single _ or -.`,
      );
    }
  }
}
