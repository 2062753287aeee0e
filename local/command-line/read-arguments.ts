import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/**
 * Reads the arguments of a command. With `--help` it prints how the command is called, and ends the process.
 * @param options as `parseArgs` of Node takes them
 * @param usage the line that says how the command is called
 * @param further whether there are arguments that are no options, and the text for `--help`, by default the usage
 * @throws UsageError where there is an argument too many, an unknown option, or one without its value
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
