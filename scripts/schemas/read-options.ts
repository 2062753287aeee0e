import { readArguments } from '../../local/command-line/read-arguments.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';

const USAGE = 'Usage: npm run schemas -- [--out <folder>] [--server <URL of the API>]…';
const OPTIONS = { out: { type: 'string' }, server: { type: 'string', multiple: true } } as const;
const OUT_DEFAULT = 'schemas';
// With this default, the paths are relative to the server from which a client loads the document.
const SERVER_DEFAULT = '/';

/**
 * Reads the arguments of the command.
 * @throws UsageError if an option is unknown, or a value is missing or malformed
 */
export function readOptions(args: readonly string[]): { out: string; servers: string[] } {
  const { out = OUT_DEFAULT, server: servers = [SERVER_DEFAULT] } = readArguments(
    args,
    OPTIONS,
    USAGE,
  ).values;
  if (out === '') throw new UsageError(`--out is empty. ${USAGE}`);
  const wrong = servers.find((server) => server !== SERVER_DEFAULT && !/^https?:\/\/./.test(server));
  if (wrong !== undefined) throw new UsageError(`--server "${wrong}" is no http or https URL. ${USAGE}`);
  return { out, servers: servers.map(withoutSlash) };
}

/** Removes the slash at the end, because each path begins with a slash. */
function withoutSlash(server: string): string {
  return server === SERVER_DEFAULT ? server : server.replace(/\/$/, '');
}
