import { readArguments, readIdentifier } from '../command-line/read-arguments.ts';
import { UsageError } from '../command-line/usage-error.ts';

const USAGE = 'Usage: npm run --silent mcp -- --as <identifier> [--http [--port <port>]] [--live]';
const PORT_DEFAULT = 4410;

const OPTIONS = {
  as: { type: 'string' },
  http: { type: 'boolean', default: false },
  port: { type: 'string' },
  live: { type: 'boolean', default: false },
} as const;

export interface McpOptions {
  identifier: string;
  /** Undefined for standard input and output. */
  httpPort: number | undefined;
  /** True to use real Scalekit instead of the emulator. */
  live: boolean;
}

/** @throws UsageError */
export function readMcpOptions(args: readonly string[]): McpOptions {
  const { as, http, port, live } = readArguments(args, OPTIONS, USAGE).values;
  const identifier = readIdentifier(as, USAGE);
  if (port !== undefined && !http) throw new UsageError(`--port requires --http. ${USAGE}`);
  return { identifier, httpPort: http ? readPort(port) : undefined, live };
}

function readPort(value: string | undefined): number {
  if (value === undefined) return PORT_DEFAULT;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 (any free port) to 65535. ${USAGE}`);
}
