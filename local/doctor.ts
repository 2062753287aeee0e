import { join } from 'node:path';
import type { Tool } from '../lib/contract/define-tool.ts';
import { discoverTools } from '../lib/deploy/discover-tools.ts';
import { MCP_PATH } from '../lib/function-declaration.ts';
import { scalekitSettings } from './command-line/scalekit-settings.ts';
import { checkLogin } from './doctor/check-login.ts';
import { checkRegion } from './doctor/check-region.ts';
import { deployedSettings } from './doctor/deployed-settings.ts';
import { examine } from './doctor/examine.ts';
import { describeFinding, type Finding, notChecked } from './doctor/finding.ts';
import { readDoctorOptions } from './doctor/read-doctor-options.ts';
import type { Stack } from './stack.ts';
import { startStack } from './start-stack.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Reports each fault of a Scalekit environment for one user, and how to fix it. */
async function main(): Promise<void> {
  const { identifier, live, mcpUrl } = readDoctorOptions(process.argv.slice(2));
  const tools = (await discoverTools(PROJECT)).map(({ tool }) => tool);
  const scalekit = scalekitSettings(live);
  const stack = scalekit ? undefined : await startStack({ log: () => {} });
  try {
    const { here, elsewhere } = divide(tools, stack);
    for (const name of elsewhere) console.log(describeFinding(notChecked(`${name}, which is not emulated.`)));
    const { variables, findings } = scalekit
      ? deployedSettings(scalekit)
      : { variables: stack?.variables ?? {}, findings: [] };
    report(findings);
    if (scalekit) report(checkRegion(variables, mcpUrl));
    await reportEach(examine({ variables, identifier, tools: here }));
    await reportEach(checkLogin(stack ? new URL(MCP_PATH, stack.gateway.url) : mcpUrl, variables));
  } finally {
    await stack?.close();
  }
}

async function reportEach(findings: AsyncIterable<Finding>): Promise<void> {
  for await (const finding of findings) report([finding]);
}

function report(findings: readonly Finding[]): void {
  for (const finding of findings) {
    console.log(describeFinding(finding));
    if (finding.verdict === 'FAULT') process.exitCode = 1;
  }
}

/**
 * Separates the tools whose provider runs here from the other tools. With a real environment, every provider
 * can be reached.
 */
function divide(tools: readonly Tool[], stack: Stack | undefined) {
  const emulated = new Set<string>(stack?.providers.map(({ connector }) => connector));
  const isHere = ({ connector }: Tool) => !stack || emulated.has(connector.name);
  const others = tools.filter((tool) => !isHere(tool)).map(({ connector }) => connector.name);
  return { here: tools.filter(isHere), elsewhere: new Set(others) };
}

// A stack trace does not help here, so only the message is printed.
await main().catch((error: unknown) => {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : String(error));
});
