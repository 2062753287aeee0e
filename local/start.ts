import { join } from 'node:path';
import { SettingsError } from '../lib/settings/settings-error.ts';
import { readArguments } from './command-line/read-arguments.ts';
import { processSettings, scalekitSettings } from './command-line/scalekit-settings.ts';
import { startConsole } from './console/start-console.ts';
import { describeProblem, describeReload, ToolReloader } from './reload/tool-reloader.ts';
import { reportStartFailure } from './report-start-failure.ts';
import type { Stack } from './stack.ts';
import { StackParts } from './stack-parts.ts';
import { startStack } from './start-stack.ts';

const USAGE = 'Usage: npm start [-- --live]';
const OPTIONS = { live: { type: 'boolean', default: false } } as const;
const FIRST_PORT_DEFAULT = 4400;
// The other parts of the stack have the smaller offsets. The offset after this one belongs to `npm run mcp --
// --http`.
const CONSOLE_OFFSET = 7;
const PROJECT_DIRECTORY = join(import.meta.dirname, '..');

/** Runs the local stack until Ctrl-C. */
async function main(): Promise<void> {
  const { live } = readArguments(process.argv.slice(2), OPTIONS, USAGE).values;
  const scalekit = scalekitSettings(live);
  const firstPort = readFirstPort(processSettings().PORT);
  const startedAtMs = performance.now();
  // The reloader only notices imports that happen after it was created.
  const reloader = new ToolReloader(PROJECT_DIRECTORY);
  const stack = await startStack({
    firstPort,
    tools: (faultOf) => reloader.first(faultOf),
    ...(scalekit && { scalekit }),
  });
  const parts = new StackParts(firstPort);
  parts.add(stack);
  const page = await parts
    .start('the console', CONSOLE_OFFSET, (port) => startConsole({ port, stack, reloader }))
    .catch(async (error: unknown) => {
      await parts.close();
      throw error;
    });
  parts.add(reloader.watch(stack));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void parts.close().then(() => process.exit(0)));
  const ready = describe(stack, page.url, performance.now() - startedAtMs);
  console.log([ready, ...reloader.problems.map(describeProblem)].join('\n'));
  reloader.onReload((reload) => console.log(describeReload(reload)));
}

function readFirstPort(value: string | undefined): number {
  const port = Number(value || FIRST_PORT_DEFAULT);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_500) return port;
  throw new SettingsError('PORT is malformed; it should hold the first port of the stack, 1024 to 65500.');
}

function describe(
  { gateway, lambda, dynamoDb, issuer, application, scalekit, providers, functions, variables }: Stack,
  consoleUrl: string,
  durationMs: number,
): string {
  const { accessKeyId, secretAccessKey } = lambda.credentials;
  const token = `curl -s '${issuer.url}/token?sub=user_ada'`;
  const shown =
    functions.find(({ functionName }) => functionName === 'gmail_list_unread') ??
    // A fork may have removed the preferred tool. Another tool without required input is then shown.
    functions.find(({ tool }) => tool.input.safeParse({}).success) ??
    functions[0];
  const parts = [
    ['Console', `${consoleUrl} (call tools, see what they do, and simulate faults)`],
    ['Tools', `${gateway.url}/tools/{tool_name}`],
    ['', toolCounts(functions)],
    ['', `${gateway.url}/tools and /openapi.json describe them`],
    ['MCP', `${gateway.url}/mcp`],
    ['Accounts', `${gateway.url}/accounts (docs/accounts.md)`],
    ...(application
      ? [
          ['', `${application.connectUrl}: the page where users connect an account`],
          ['', `${application.userVerifyUrl}: the page to which users return after consent`],
        ]
      : []),
    ['Lambda', `${lambda.url} (for \`aws lambda invoke --endpoint-url\`), with this run's access key:`],
    ['', `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`],
    scalekit
      ? ['Scalekit', `${scalekit.url} (emulated; state: ${scalekit.url}/emulator/state)`]
      : ['Scalekit', `${variables.SCALEKIT_ENV_URL} (real)`],
    ...(scalekit ? [['', `to simulate faults: POST ${scalekit.url}/emulator/faults`]] : []),
    ['DynamoDB', `${dynamoDb.url} (idempotency keys)`],
    ...providers.map(({ connector, url }) => [connector, `${url} (emulated)`]),
  ];
  const width = Math.max(...parts.map(([part = '']) => part.length));
  const user = scalekit ? 'user_ada' : 'user_ada; use an identifier of your Scalekit environment';
  const banner = scalekit
    ? ''
    : `\nLIVE: this stack uses ${variables.SCALEKIT_ENV_URL}. Every call uses real accounts.\n`;
  return `${banner}
Ready in ${(durationMs / 1000).toFixed(1)} s. Ctrl-C ends everything.

${parts.map(([part = '', where]) => `  ${part.padEnd(width)}  ${where}`).join('\n')}

A token for a user, here ${user}:

  ${token}

A call, for another terminal:

  curl -s ${gateway.url}/tools/${shown?.functionName} -H "authorization: Bearer $(${token})" -d '{}'
`;
}

/** Returns the number of tools, for example `3: gmail 2, slack 1`. */
function toolCounts(functions: Stack['functions']): string {
  const byConnector = Map.groupBy(functions, ({ tool }) => tool.connector.name);
  const counts = [...byConnector].map(([connector, { length }]) => `${connector} ${length}`);
  return `${functions.length}: ${counts.join(', ')}`;
}

await main().catch(reportStartFailure);
