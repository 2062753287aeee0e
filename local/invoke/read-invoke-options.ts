import { readArguments, readIdentifier } from '../command-line/read-arguments.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type LocalCall, SURFACE_NAMES, type SurfaceName } from './surface-events.ts';

const SURFACE_DEFAULT = 'http';
const USAGE = `Usage: npm run invoke -- <tool> --as <identifier> [--surface ${SURFACE_NAMES.join('|')}] [--live] [--record <name> [--all-pages] [--out <folder>]] ['<input as JSON>']`;

const OPTIONS = {
  as: { type: 'string' },
  surface: { type: 'string', default: SURFACE_DEFAULT },
  live: { type: 'boolean', default: false },
  record: { type: 'string' },
  'all-pages': { type: 'boolean', default: false },
  out: { type: 'string', default: 'functions' },
} as const;
const FIXTURE_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export interface InvokeOptions extends LocalCall {
  surface: SurfaceName;
  /** True to use real Scalekit instead of the emulator. */
  live: boolean;
  /** The name of the fixture to write. */
  record?: string;
  /** True to record all pages of the list. */
  allPages: boolean;
  /** The folder for the fixture. It has one subfolder for each connector. */
  out: string;
}

/** @throws UsageError */
export function readInvokeOptions(args: readonly string[]): InvokeOptions {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE, { allowPositionals: true });
  const [tool, input = '{}', ...rest] = positionals;
  if (tool === undefined) throw new UsageError(`The tool is missing. ${USAGE}`);
  if (rest.length > 0) throw new UsageError(`Too many arguments. Put the input in quotes. ${USAGE}`);
  const surface = SURFACE_NAMES.find((name) => name === values.surface);
  if (!surface) throw new UsageError(`There is no surface "${values.surface}". ${USAGE}`);
  const { record, 'all-pages': allPages } = values;
  assertRecord(record, allPages);
  return {
    tool,
    identifier: readIdentifier(values.as, USAGE),
    surface,
    input: parseInput(input),
    live: values.live,
    ...(record !== undefined && { record }),
    allPages,
    out: values.out,
  };
}

function assertRecord(record: string | undefined, allPages: boolean): void {
  if (allPages && record === undefined) throw new UsageError(`--all-pages needs --record. ${USAGE}`);
  if (record !== undefined && !FIXTURE_NAME.test(record))
    throw new UsageError(`--record must be a name, for example two-pages. ${USAGE}`);
}

function parseInput(json: string): object {
  const value = parse(json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`The input must be a JSON object, for example '{"max_results": 5}'. ${USAGE}`);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`The input is not JSON: ${json} ${USAGE}`, { cause });
  }
}
