// The tool schemas for agents and gateways. They are generated from the tools' contracts.
export { agentCoreTool } from './schemas/agentcore.ts';
export { bedrockFunctions } from './schemas/bedrock-functions.ts';
export { bedrockOpenApi } from './schemas/bedrock-openapi.ts';
export { inputSchema, outputSchema } from './schemas/json-schema.ts';
export { openApiDocument } from './schemas/openapi.ts';
export { schemaFiles } from './schemas/schema-files.ts';
export { DEFINITION_FORMATS, type DefinitionFormat, toolDefinitions } from './schemas/tool-definitions.ts';
