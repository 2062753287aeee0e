import type { Tool } from '../contract/define-tool.ts';
import { agentCoreTool } from '../schemas/agentcore.ts';
import { bedrockFunctions } from '../schemas/bedrock-functions.ts';
import { bedrockGroup } from '../schemas/bedrock-group.ts';
import { bedrockOpenApi } from '../schemas/bedrock-openapi.ts';
import { derivedName } from '../schemas/derived-names.ts';
import { inputSchema, outputSchema } from '../schemas/json-schema.ts';
import { ACCESS, type AccessRule, COMMON_ACCESS, VPC_ACCESS } from './access.ts';
import { ARCHITECTURE, FUNCTION_KINDS, REQUIRED_SETTINGS, RUNTIME } from './function-kinds.ts';
import type { PlannedFunction } from './plan-functions.ts';

/** Explains the values of `resource` in the permissions. */
const RESOURCES: Readonly<Record<AccessRule['resource'], string>> = {
  logGroup: 'the log group of the function',
  everything: '*',
  clientSecret: 'the secret of SCALEKIT_CLIENT_SECRET_ARN, which holds the client secret as a plain string',
  table: 'the DynamoDB table of IDEMPOTENCY_TABLE: partition key id (S), TTL attribute expiration',
  toolFunctions: 'the functions of the tools, whose names are FUNCTION_NAME_PREFIX and the name of the tool',
};

/**
 * Returns `dist/manifest.json`: the data that is needed to deploy the functions without Serverless.
 * @throws AuthoringError if an agent's schema format cannot express a tool's contract
 */
export function manifestOf(functions: readonly PlannedFunction[], version: string) {
  return {
    version,
    runtime: RUNTIME,
    architecture: ARCHITECTURE,
    iam: {
      resources: RESOURCES,
      /** The permissions of every function. `vpc` lists those that only functions in a VPC need. */
      common: COMMON_ACCESS,
      vpc: VPC_ACCESS,
    },
    functions: functions.map(entryOf),
  };
}

export type Manifest = ReturnType<typeof manifestOf>;

function entryOf({ key, kind, handler, description, routes, settings, tool }: PlannedFunction) {
  const { access, memoryMb, timeoutSeconds } = FUNCTION_KINDS[kind];
  return {
    name: key,
    zip: `${key}.zip`,
    kind,
    effect: tool?.effect ?? null,
    handler,
    description,
    memoryMb,
    timeoutSeconds,
    routes,
    settings: settings.map((name) => ({ name, required: REQUIRED_SETTINGS.has(name) })),
    iam: access.map((name) => ACCESS[name]),
    tool: tool ? schemasOf(tool) : null,
  };
}

function schemasOf(tool: Tool) {
  return {
    connector: tool.connector.name,
    scopes: tool.scopes,
    input: inputSchema(tool),
    output: outputSchema(tool),
    agentCore: { targetName: derivedName(tool.name), definition: agentCoreTool(tool) },
    bedrock: {
      ...bedrockGroup(tool),
      functionSchema: bedrockFunctions(tool) ?? null,
      openApi: bedrockOpenApi(tool),
    },
  };
}
