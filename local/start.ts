import { existsSync } from 'node:fs';
import { SettingsError } from '../lib/settings/settings.ts';
import { reportStartFailure } from './report-start-failure.ts';
import { type Stack, startStack } from './start-stack.ts';

const FIRST_PORT_DEFAULT = 4400;
const ENVIRONMENT_FILE = '.env';

/** The whole local stack, until Ctrl-C. */
async function main(): Promise<void> {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
  const firstPort = readFirstPort(process.env.PORT);
  const startedAtMs = performance.now();
  // With one of these settings the others are missed, not made up.
  const usesRealScalekit = Object.keys(process.env).some(
    (name) => /^SCALEKIT_/.test(name) && process.env[name],
  );
  const stack = await startStack({ firstPort, ...(usesRealScalekit && { scalekit: process.env }) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stack.close().then(() => process.exit(0)));
  }
  console.log(describe(stack, performance.now() - startedAtMs));
}

function readFirstPort(value: string | undefined): number {
  const port = Number(value || FIRST_PORT_DEFAULT);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_531) return port;
  throw new SettingsError(
    'PORT is malformed; it should hold the first of five ports in a row, 1024 to 65531.',
  );
}

function describe({ gateway, issuer, scalekit, providers, toolNames }: Stack, durationMs: number): string {
  const token = `curl -s '${issuer.url}/token?sub=user_ada'`;
  const name = toolNames.includes('gmail_list_unread') ? 'gmail_list_unread' : toolNames[0];
  const parts = [
    ['Tools', `${gateway.url}/tools/{tool_name}`],
    ['', toolNames.join(', ')],
    scalekit
      ? ['Scalekit', `${scalekit.url} (emulated; its state: ${scalekit.url}/emulator/state)`]
      : ['Scalekit', `${process.env.SCALEKIT_ENV_URL} (real)`],
    ...(scalekit ? [['', `to make its calls fail: POST ${scalekit.url}/emulator/faults`]] : []),
    ...providers.map(({ connector, url }) => [connector, `${url} (emulated)`]),
  ];
  const user = scalekit
    ? 'user_ada'
    : 'user_ada; yours is the identifier of an account in your Scalekit environment';
  return `
Ready in ${(durationMs / 1000).toFixed(1)} s. Ctrl-C ends everything.

${parts.map(([part = '', where]) => `  ${part.padEnd(8)}  ${where}`).join('\n')}

A token for a user, here ${user}:

  ${token}

A call, to paste into another terminal:

  curl -s ${gateway.url}/tools/${name} -H "authorization: Bearer $(${token})" -d '{}'
`;
}

await main().catch(reportStartFailure);
