import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { readArguments, readGlobs, readIdentifier } from '../command-line/read-arguments.ts';
import { UsageError } from '../command-line/usage-error.ts';

const REPORT_DEFAULT = 'verify-report.json';
const USAGE = `Usage: npm run verify -- --as <identifier> [--live] [--tools <globs>] [--inputs <file>] [--report <file>]`;
const HELP = `${USAGE}

Runs every tool that only reads and whose inputs other tools return. It changes nothing.

  --as       whose accounts are read, such as user_123
  --live     the real accounts of the Scalekit environment in the environment or in .env; by default emulated ones
  --tools    globs of tool names, with commas between them, by default all; inputs then come only from these tools
  --inputs   a JSON file with inputs that are found nowhere: {"slack_find_user": {"query": "Ada"}}
  --report   where the report is written, by default ${REPORT_DEFAULT}; it holds no value of the accounts`;
const OPTIONS = {
  as: { type: 'string' },
  live: { type: 'boolean', default: false },
  tools: { type: 'string', default: '*' },
  inputs: { type: 'string' },
  report: { type: 'string', default: REPORT_DEFAULT },
} as const;
const Inputs = z.record(z.string(), z.record(z.string(), z.json()));

export interface VerifyCommand {
  /** The user whose accounts are read. */
  identifier: string;
  /** True if the accounts belong to a real Scalekit environment. */
  live: boolean;
  /** Globs that match names of tools. */
  globs: string[];
  /** Inputs for tools. The key is the name of the tool. */
  inputs: z.output<typeof Inputs>;
  /** The path of the report file. */
  report: string;
}

/** @throws UsageError */
export async function readVerifyOptions(args: readonly string[]): Promise<VerifyCommand> {
  const { as, live, tools, inputs, report } = readArguments(args, OPTIONS, USAGE, { help: HELP }).values;
  return {
    identifier: readIdentifier(as, USAGE),
    live,
    globs: readGlobs(tools),
    inputs: inputs === undefined ? {} : await readInputs(inputs),
    report,
  };
}

async function readInputs(file: string) {
  try {
    return Inputs.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new UsageError(`--inputs must name a JSON file with an input for each tool. ${USAGE}`, { cause });
  }
}
