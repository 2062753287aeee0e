import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { isIdentifier } from '../../lib/identity/identify.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads the arguments of a command. With `--help` it prints a text and ends the process.
 * @param options as for `parseArgs` of Node.js
 * @param usage the usage line of the command, for error messages
 * @param further `allowPositionals` is true if the command takes arguments without a name. `help` is the text
 * for `--help`; by default this is the usage line.
 * @throws UsageError for an extra argument, an unknown option or a missing value
 */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
  { allowPositionals = false, help = usage } = {},
) {
  if (args.includes('--help')) {
    console.log(help);
    process.exit();
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${reason.replace(/[.\n].*/s, '')}. ${usage}`, { cause });
  }
}

/** Reads `--tools`, the globs of tool names with commas between them. */
export function readGlobs(tools: string): string[] {
  return tools.split(',').map((glob) => glob.trim());
}

/** Reads `--as`, the user for whom the tools run. @throws UsageError */
export function readIdentifier(value: string | undefined, usage: string): string {
  if (value === undefined)
    throw new UsageError(`--as is missing. It names the user, for example user_ada. ${usage}`);
  if (isIdentifier(value)) return value;
  throw new UsageError(`--as must be 1 to 256 visible ASCII characters. ${usage}`);
}
