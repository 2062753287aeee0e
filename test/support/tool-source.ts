/** Returns the source of a tool that reads. The connector is the first word of the tool's name. */
export function toolSource(name: string): string {
  const [connector] = name.split('_');
  return `import { defineConnector, defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';

export const tool = defineTool({
  connector: defineConnector({ name: '${connector}' }),
  name: '${name}',
  effect: 'read',
  scopes: ['things.read'],
  description: 'Gets a thing.',
  input: { thing: z.string().describe('Which thing.') },
  output: { id: id() },
  examples: [],
  async run({ thing }, { api }) {
    const { body } = await api.get(path\`/things/\${thing}\`, { response: z.object({ id: id() }) });
    return body;
  },
});

export const handler = createHandler(tool);
`;
}
