import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { openApiDocument } from '../../lib/schemas/openapi.ts';

const Manifest = z.object({ version: z.string() });

/**
 * Returns the OpenAPI document of all tools of the project.
 * @param server the base URL for the operations
 */
export async function projectOpenApi(project: string, server: string) {
  const { version } = Manifest.parse(JSON.parse(await readFile(join(project, 'package.json'), 'utf8')));
  const tools = (await discoverTools(project)).map(({ tool }) => tool);
  return openApiDocument(tools, { version, servers: [server] });
}
