import { readArguments } from '../command-line/read-arguments.ts';
import { readIdentifier } from '../command-line/read-identifier.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type LocalCall, SURFACE_NAMES, type SurfaceName } from './surface-events.ts';

const SURFACE_DEFAULT = 'http';
const USAGE = `Usage: npm run invoke -- <tool> --as <identifier> [--surface ${SURFACE_NAMES.join('|')}] [--live] ['<input as JSON>']`;

const OPTIONS = {
  as: { type: 'string' },
  surface: { type: 'string', default: SURFACE_DEFAULT },
  live: { type: 'boolean', default: false },
} as const;

export interface InvokeOptions extends LocalCall {
  surface: SurfaceName;
  /** Whether Scalekit itself is used, in place of the emulated one. */
  live: boolean;
}

/** @throws UsageError */
export function readInvokeOptions(args: readonly string[]): InvokeOptions {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE, { allowPositionals: true });
  const [tool, input = '{}', ...rest] = positionals;
  if (tool === undefined) throw new UsageError(`The tool is missing. ${USAGE}`);
  if (rest.length > 0)
    throw new UsageError(`There is an argument too many: put the input in quotes. ${USAGE}`);
  const surface = SURFACE_NAMES.find((name) => name === values.surface);
  if (!surface) throw new UsageError(`There is no surface "${values.surface}". ${USAGE}`);
  return {
    tool,
    identifier: readIdentifier(values.as, USAGE),
    surface,
    input: parseInput(input),
    live: values.live,
  };
}

function parseInput(json: string): object {
  const value = parse(json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`The input must be a JSON object, such as '{"max_results": 5}'. ${USAGE}`);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`The input is no JSON: ${json} ${USAGE}`, { cause });
  }
}
