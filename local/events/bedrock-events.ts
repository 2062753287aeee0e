/** The fields that all events of an action group have, from the AWS documentation. */
const COMMON = {
  messageVersion: '1.0',
  agent: { name: 'inbox-agent', id: 'AGENT12345', alias: 'ALIAS12345', version: '3' },
  inputText: 'What is the first thing?',
  sessionId: '123456789012345',
  actionGroup: 'acme',
  sessionAttributes: { identifier: 'user_ada', tier: 'gold' },
  promptSessionAttributes: { locale: 'en' },
};

/**
 * An action group that is defined by function details:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
 */
export function functionEvent(tool: string, input: object = {}, changes: object = {}) {
  return { ...COMMON, function: tool, parameters: parametersOf(input), ...changes };
}

/**
 * An action group that is defined by an OpenAPI schema:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
 */
export function apiEvent(tool: string, input: object = {}, changes: object = {}) {
  return {
    ...COMMON,
    apiPath: `/tools/${tool}`,
    httpMethod: 'POST',
    parameters: [],
    requestBody: { content: { 'application/json': { properties: parametersOf(input) } } },
    ...changes,
  };
}

/** Bedrock sends every value as a string. */
function parametersOf(input: object) {
  return Object.entries(input).map(([name, value]) => ({
    name,
    type: Array.isArray(value) ? 'array' : typeof value,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
