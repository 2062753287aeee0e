import { isSecureUrl } from '../../lib/http-client/secure-url.ts';
import { readArguments, readIdentifier } from '../command-line/read-arguments.ts';
import { UsageError } from '../command-line/usage-error.ts';

const USAGE = 'Usage: npm run doctor -- --as <identifier> [--live [--mcp <McpUrl>]]';
const OPTIONS = {
  as: { type: 'string' },
  live: { type: 'boolean', default: false },
  mcp: { type: 'string' },
} as const;

export interface DoctorOptions {
  /** The user whose accounts are checked. */
  identifier: string;
  /** True to use real Scalekit instead of the emulator. */
  live: boolean;
  /** The URL of the deployed MCP function; undefined if its login is not checked. */
  mcpUrl: URL | undefined;
}

/** @throws UsageError */
export function readDoctorOptions(args: readonly string[]): DoctorOptions {
  const { as, live, mcp } = readArguments(args, OPTIONS, USAGE).values;
  const identifier = readIdentifier(as, USAGE);
  if (mcp !== undefined && !live) throw new UsageError(`--mcp goes with --live. ${USAGE}`);
  return { identifier, live, mcpUrl: mcp === undefined ? undefined : readMcpUrl(mcp) };
}

function readMcpUrl(value: string): URL {
  const url = isSecureUrl(value) ? URL.parse(value) : null;
  if (url && !url.search) return url;
  throw new UsageError(`--mcp must be the output McpUrl, an https URL without a query. ${USAGE}`);
}
