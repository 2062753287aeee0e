import { SURFACE_EVENTS } from '../../invoke/surface-events.ts';
import type { Stack } from '../../stack.ts';
import type { CallRequest, Snippet } from '../console-api.ts';
import { mcpMessage } from './surface-requests.ts';

// The claims that a caller can choose at the local issuer.
const TOKEN_QUERY_CLAIMS = ['scope', 'org_id', 'client_id'];

/**
 * Returns code that makes the given call. There is one snippet for each way to call a tool.
 * @param file the tool's file, relative to the project
 */
export async function callSnippets(call: CallRequest, file: string, stack: Stack): Promise<Snippet[]> {
  const { event: direct } = await SURFACE_EVENTS.direct(call, stack.issuer);
  const { event: agentCore, clientContext } = await SURFACE_EVENTS.agentcore(call, stack.issuer);
  const keyed = { ...Object(direct), ...(call.idempotencyKey && { idempotency_key: call.idempotencyKey }) };
  return [
    { title: 'curl', language: 'sh', text: curl(call, stack), note: tokenNote(call) },
    {
      title: 'AWS SDK',
      language: 'ts',
      text: awsSdk(call.tool, keyed, stack),
      note: 'A direct invocation. It needs lambda:InvokeFunction. The access key belongs to this run of npm start. For deployed tools, leave out endpoint and credentials, and put FUNCTION_NAME_PREFIX before the name.',
    },
    {
      title: 'MCP SDK',
      language: 'ts',
      text: mcpSdk(call, stack),
      note: 'For deployed tools, use a token of your own user.',
    },
    {
      title: 'In Node.js',
      language: 'ts',
      text: inNode(call, file),
      note: 'Without Lambda and HTTP, in a file of this project. It needs the settings in docs/settings.md as environment variables.',
    },
    json('Bedrock: function details', (await SURFACE_EVENTS['bedrock-function'](call, stack.issuer)).event),
    json('Bedrock: OpenAPI', (await SURFACE_EVENTS['bedrock-openapi'](call, stack.issuer)).event),
    json('AgentCore: event', agentCore, 'The user is in the client context.'),
    json('AgentCore: client context', clientContext, 'The token expires in an hour.'),
    json('Direct event', keyed),
    json(
      'HTTP API event',
      (await SURFACE_EVENTS.http(call, stack.issuer)).event,
      'As API Gateway sends it after verifying the token.',
    ),
    json('MCP message', mcpMessage(call)),
  ];
}

function json(title: string, value: unknown, note = ''): Snippet {
  return { title, language: 'json', text: JSON.stringify(value, null, 2), note };
}

function curl({ tool, identifier, input, claims = {}, idempotencyKey }: CallRequest, stack: Stack): string {
  const query = new URLSearchParams({ sub: identifier });
  for (const name of TOKEN_QUERY_CLAIMS) {
    const value = claims[name];
    if (typeof value === 'string') query.set(name, value);
  }
  const lines = [
    `TOKEN=$(curl -s ${shellText(`${stack.issuer.url}/token?${query}`)})`,
    `curl -s ${stack.gateway.url}/tools/${tool} \\`,
    `  -H "authorization: Bearer $TOKEN" \\`,
    `  -H 'content-type: application/json' \\`,
    ...(idempotencyKey === undefined ? [] : [`  -H ${shellText(`idempotency-key: ${idempotencyKey}`)} \\`]),
    `  -d ${shellText(JSON.stringify(input))}`,
  ];
  return lines.join('\n');
}

function tokenNote({ claims = {} }: CallRequest): string {
  const others = Object.keys(claims).filter((name) => !TOKEN_QUERY_CLAIMS.includes(name));
  return others.length > 0
    ? `The local issuer only supports sub, ${TOKEN_QUERY_CLAIMS.join(', ')}, so ${others.join(', ')} is left out.`
    : '';
}

function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function awsSdk(tool: string, event: unknown, { lambda }: Stack): string {
  return `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({
  region: 'eu-west-1',
  endpoint: '${lambda.url}',
  credentials: { accessKeyId: '${lambda.credentials.accessKeyId}', secretAccessKey: '${lambda.credentials.secretAccessKey}' },
});
const { Payload } = await lambda.send(
  new InvokeCommand({
    FunctionName: ${JSON.stringify(tool)},
    Payload: JSON.stringify(${indented(event, 4)}),
  }),
);
console.log(JSON.parse(new TextDecoder().decode(Payload)));
`;
}

function mcpSdk(call: CallRequest, { gateway, issuer }: Stack): string {
  const { params } = mcpMessage(call);
  const tokenUrl = `${issuer.url}/token?${new URLSearchParams({ sub: call.identifier })}`;
  return `import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const token = await (await fetch(${JSON.stringify(tokenUrl)})).text();
const client = new Client({ name: 'my-agent', version: '1.0.0' });
await client.connect(
  new StreamableHTTPClientTransport(new URL('${gateway.url}/mcp'), {
    requestInit: { headers: { authorization: \`Bearer \${token}\` } },
  }),
);
const result = await client.callTool(${indented(params, 0)});
console.log(result.structuredContent ?? result.content);
await client.close();
`;
}

function inNode({ identifier, input, idempotencyKey }: CallRequest, file: string): string {
  const call = { identifier, input, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  return `import { createRunner } from 'scalekit-lambda-tools';
import { tool } from './${file}';

const runner = createRunner();
const output = await runner.run(tool, ${indented(call, 0)});
console.log(output);
`;
}

/** A value as TypeScript source. JSON is valid TypeScript. */
function indented(value: unknown, spaces: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
