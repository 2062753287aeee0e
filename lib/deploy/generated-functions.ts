import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsCatalogue } from '../accounts/accounts-catalogue.ts';
import type { Tool } from '../contract/define-tool.ts';
import { discoveryCatalogue } from '../discovery/discovery-catalogue.ts';
import { mcpCatalogue } from '../mcp/mcp-catalogue.ts';
import type { SharedFunctionName } from './shared-functions.ts';

/** The folder for the generated entry files of the shared functions. Git ignores the folder. */
export const GENERATED_FOLDER = '.generated';

/**
 * Writes the entry files of the shared functions. Each file contains data about the tools, but not the tools' code.
 * @param projectDirectory an absolute path
 * @param version the version of the API
 * @throws AuthoringError if one of the schema formats cannot express a contract
 */
export async function generateFunctions(
  projectDirectory: string,
  tools: readonly Tool[],
  version: string,
): Promise<void> {
  const entries: Readonly<Record<SharedFunctionName, string>> = {
    discovery: entry('discovery', 'createDiscoveryFunction', discoveryCatalogue(tools, version)),
    mcp: entry('mcp', 'createMcpFunction', mcpCatalogue(tools, version)),
    accounts: entry('accounts', 'createAccountsFunction', accountsCatalogue(tools)),
  };
  const folder = join(projectDirectory, GENERATED_FOLDER);
  await mkdir(folder, { recursive: true });
  for (const [name, code] of Object.entries(entries)) await writeFile(join(folder, `${name}.ts`), code);
}

function entry(name: SharedFunctionName, factory: string, catalogue: object): string {
  // JavaScript engines parse JSON text faster than an object literal.
  const json = JSON.stringify(JSON.stringify(catalogue));
  return `// Made from the tools by lib/deploy/generated-functions.ts.
import { ${factory} } from '../lib/${name}/${name}-function.ts';

export const handler = ${factory}(JSON.parse(${json}));
`;
}
