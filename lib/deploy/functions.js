// Serverless executes no TypeScript itself, but what it executes may import it.
import packageJson from '../../package.json' with { type: 'json' };
import { AuthoringError } from '../errors/authoring-error.ts';
import { discoverTools, ToolFileError } from './discover-tools.ts';
import { GENERATED_FOLDER, generateFunctions } from './generated-functions.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Serverless fills it in; every function's name begins with it.
const PREFIX = '${self:service}-${sls:stage}-';

/** What only the functions that write have. */
const WRITE_SETTINGS = {
  IDEMPOTENCY_TABLE: { Ref: 'IdempotencyTable' },
  DEDUPE_SECONDS: process.env.DEDUPE_SECONDS ?? '',
};

/** The functions of serverless.yml: one for each tool, behind its own route, and those that know all tools. */
export default async function functions() {
  const discovered = await tools();
  const project = process.cwd();
  await generateFunctions(
    project,
    discovered.map(({ tool }) => tool),
    packageJson.version,
  ).catch(withoutStack);
  return {
    ...Object.fromEntries(discovered.map(({ tool, file }) => [tool.name, toolFunction(tool, file)])),
    discovery: {
      handler: `${GENERATED_FOLDER}/discovery.handler`,
      description: 'What there is to call: GET /tools and GET /openapi.json',
      events: [route('GET', '/tools'), route('GET', '/openapi.json')],
    },
    mcp: {
      handler: `${GENERATED_FOLDER}/mcp.handler`,
      description: 'The Model Context Protocol: lists the tools, and invokes the function of each',
      role: 'McpRole',
      environment: {
        FUNCTION_NAME_PREFIX: PREFIX,
        ...Object.assign({}, ...discovered.map(({ tool }) => connectorSettings(tool))),
      },
      // The other methods get the protocol's own answer, which says that there are no sessions.
      events: [route('*', '/mcp')],
    },
  };
}

/** The functions that the MCP function may invoke: those of the tools, and no other. */
export async function toolFunctionArns() {
  return (await tools()).map(({ tool }) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${PREFIX}${tool.name}`,
  }));
}

/** The audiences of the JWT authorizer, from a list with commas. */
export function audiences() {
  const list = process.env.OIDC_AUDIENCE || 'scalekit-lambda-tools';
  return list.split(',').map((audience) => audience.trim());
}

const tools = () => discoverTools(process.cwd()).catch(withoutStack);

/**
 * @param {import('../contract/define-tool.ts').Tool} tool
 * @param {string} file
 */
function toolFunction(tool, file) {
  return {
    handler: file.replace(/\.ts$/, '.handler'),
    description: `${tool.name}: ${tool.effect} tool of the connector ${tool.connector.name}`,
    environment: { ...connectorSettings(tool), ...(tool.effect !== 'read' && WRITE_SETTINGS) },
    events: [route('POST', `/tools/${tool.name}`)],
  };
}

/** @param {import('../contract/define-tool.ts').Tool} tool */
function connectorSettings({ connector: { connectionSetting, identityTemplateSetting } }) {
  return {
    [connectionSetting]: process.env[connectionSetting] ?? '',
    [identityTemplateSetting]: process.env[identityTemplateSetting] ?? '',
  };
}

/**
 * @param {string} method
 * @param {string} path
 */
function route(method, path) {
  return { httpApi: { method, path, authorizer: 'jwt' } };
}

/**
 * Serverless prints the stack below the message, which buries what to do.
 * @param {unknown} error
 * @returns {never}
 */
function withoutStack(error) {
  if (error instanceof ToolFileError || error instanceof AuthoringError) error.stack = error.message;
  throw error;
}
