// Serverless executes no TypeScript itself, but what it executes may import it.
import { discoverTools, ToolFileError } from './discover-tools.ts';

/** The functions of serverless.yml: one for each tool, behind its own route. */
export default async function functions() {
  const tools = await discoverTools(process.cwd()).catch(withoutStack);
  return Object.fromEntries(
    tools.map(({ tool, file }) => [
      tool.name,
      {
        handler: file.replace(/\.ts$/, '.handler'),
        description: `${tool.name}: ${tool.effect} tool of the connector ${tool.connector.name}`,
        environment: {
          [tool.connector.connectionSetting]: process.env[tool.connector.connectionSetting] ?? '',
          [tool.connector.identityTemplateSetting]: process.env[tool.connector.identityTemplateSetting] ?? '',
        },
        events: [{ httpApi: { method: 'POST', path: `/tools/${tool.name}`, authorizer: 'jwt' } }],
      },
    ]),
  );
}

/** The audiences of the JWT authorizer, from a list with commas. */
export function audiences() {
  const list = process.env.OIDC_AUDIENCE || 'scalekit-lambda-tools';
  return list.split(',').map((audience) => audience.trim());
}

/**
 * Serverless prints the stack below the message, which buries what to do.
 * @param {unknown} error
 * @returns {never}
 */
function withoutStack(error) {
  if (error instanceof ToolFileError) error.stack = error.message;
  throw error;
}
