import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

const USAGE = 'Usage: npm run schemas -- [--out <folder>] [--server <URL of the API>]…';
const OUT_DEFAULT = 'schemas';
// Where the document itself is served.
const SERVER_DEFAULT = '/';

/**
 * Reads the arguments of the command.
 * @throws UsageError where there is another, or a value is missing or not what it should be
 */
export function readOptions(args: readonly string[]): { out: string; servers: string[] } {
  const { out = OUT_DEFAULT, server: servers = [SERVER_DEFAULT] } = parse(args);
  if (out === '') throw new UsageError(`--out is empty. ${USAGE}`);
  const wrong = servers.find((server) => server !== SERVER_DEFAULT && !/^https?:\/\/./.test(server));
  if (wrong !== undefined) throw new UsageError(`--server "${wrong}" is no http or https URL. ${USAGE}`);
  return { out, servers: servers.map(withoutSlash) };
}

function parse(args: readonly string[]) {
  try {
    const options = { out: { type: 'string' }, server: { type: 'string', multiple: true } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${reason.replace(/[.\n].*/s, '')}. ${USAGE}`, { cause });
  }
}

/** Paths begin with one. */
function withoutSlash(server: string): string {
  return server === SERVER_DEFAULT ? server : server.replace(/\/$/, '');
}
