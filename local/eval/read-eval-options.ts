import { readArguments } from '../command-line/read-arguments.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { ModelName } from './load-model.ts';

const REPORT_DEFAULT = 'eval-report.json';
const USAGE = 'Usage: npm run eval -- --model <provider>:<name> [--task <globs>] [--report <file>]';
const HELP = `${USAGE}

Gives a model tasks for the tools of the local stack, and grades them by the state of the emulated providers.

  --model    a model of the AI SDK, such as openai:gpt-5-mini or amazon-bedrock:amazon.nova-pro-v1:0; its package,
             such as @ai-sdk/openai, has to be installed, and reads its key from the environment; instead of the
             provider, a path such as ./provider.ts:name
  --task     globs of task names, with commas between them, by default all
  --report   where the results are written as JSON, by default ${REPORT_DEFAULT}`;
const OPTIONS = {
  model: { type: 'string' },
  task: { type: 'string', default: '*' },
  report: { type: 'string', default: REPORT_DEFAULT },
} as const;

export interface EvalCommand {
  model: ModelName;
  /** Globs that match names of tasks. */
  globs: string[];
  /** The path of the report file. */
  report: string;
}

/** @throws UsageError */
export function readEvalOptions(args: readonly string[]): EvalCommand {
  const { model, task, report } = readArguments(args, OPTIONS, USAGE, { help: HELP }).values;
  return { model: readModel(model), globs: task.split(',').map((glob) => glob.trim()), report };
}

function readModel(value: string | undefined): ModelName {
  // The name of a model may also contain colons.
  const [, provider, model] = /^([^:]+):(.+)$/s.exec(value ?? '') ?? [];
  if (provider !== undefined && model !== undefined) return { provider, model };
  throw new UsageError(`--model must be a provider and a model, such as openai:gpt-5-mini. ${USAGE}`);
}
