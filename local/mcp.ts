import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from '../lib/mcp/create-mcp-server.ts';
import { scalekitSettings } from './command-line/scalekit-settings.ts';
import { localMcpHost } from './mcp/local-mcp-host.ts';
import { readMcpOptions } from './mcp/read-mcp-options.ts';
import { startMcpHttp } from './mcp/start-mcp-http.ts';
import { startTools } from './mcp/start-tools.ts';
import { reportStartFailure } from './report-start-failure.ts';

/** Serves the tools for one user over MCP, until the client disconnects or Ctrl-C. */
async function main(): Promise<void> {
  const { identifier, httpPort, live } = readMcpOptions(process.argv.slice(2));
  const scalekit = scalekitSettings(live);
  const { catalogue, invoke, close } = await startTools(scalekit, logLine);
  const createServer = () => createMcpServer(catalogue, localMcpHost(invoke, identifier));
  const end = () => void close().then(() => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);

  // Standard output is only for MCP messages.
  const against = scalekit?.SCALEKIT_ENV_URL ?? 'the emulated Scalekit';
  if (httpPort === undefined) {
    serveStdio(createServer);
    process.stdin.once('close', end);
    console.error(
      `Serving the tools for ${identifier} on ${against} over MCP, on standard input and output.`,
    );
  } else {
    const { url } = await startMcpHttp(createServer, httpPort);
    console.error(
      `Serving the tools for ${identifier} on ${against} over MCP at ${url}/mcp. Ctrl-C ends it.`,
    );
  }
}

function logLine(level: string, message: string, fields: object): void {
  console.error(JSON.stringify({ level, message, ...fields }));
}

await main().catch((error: unknown) => {
  reportStartFailure(error);
  process.exit();
});
