import type { Tool } from './contract/define-tool.ts';
import { type Chain, createChain, type WriteGuard } from './runtime/chain.ts';
import { createRuntime, type RuntimeOptions } from './runtime/runtime.ts';
import { inProcessSurface } from './surfaces/in-process.ts';

/** Runs tools outside Lambda. */
export interface Runner {
  /**
   * Runs a tool for a user, through the same chain as in Lambda.
   * @returns the tool's output
   * @throws ToolError with the code of the failure
   */
  run<Input, Result, Answer>(
    tool: Tool<Input, Result, Answer>,
    call: {
      /** The user's identifier at Scalekit. */
      identifier: string;
      /** The fields of the tool's input; by default empty. */
      input?: Readonly<Record<string, unknown>>;
      /** The idempotency key of a write. The write runs only once for each key. */
      idempotencyKey?: string;
    },
  ): Promise<Answer>;
}

/**
 * Runs tools in any Node process, such as a backend or a script.
 * @param options the settings (by default the process's environment), the destination of log lines (by default stdout
 * and stderr) and the receiver of metrics. By default, metrics are dropped, because only Lambda turns printed lines
 * into metrics
 * @throws SettingsError if a setting is missing or malformed
 */
export function createRunner({
  variables = process.env,
  metrics = () => {},
  ...options
}: Partial<RuntimeOptions> = {}): Runner {
  const runtime = createRuntime({ ...options, variables, metrics });
  const chains = new WeakMap<Tool, Chain>();

  return {
    async run(tool, call) {
      const chain = chains.get(tool) ?? createChain(tool, runtime, [inProcessSurface], await guardOf(tool));
      chains.set(tool, chain);
      const answer = await chain.run(call, {});
      assertAnswer(answer, tool);
      return answer;
    },
  };
}

/**
 * Returns the guard for a tool that writes. We import the guard only for such a tool, because it loads the DynamoDB
 * client.
 */
async function guardOf({ effect }: Tool): Promise<WriteGuard | undefined> {
  if (effect === 'read') return undefined;
  const { guardWrites } = await import('./writes/guard-writes.ts');
  return guardWrites;
}

/**
 * Gives the output its type. The chain has already parsed the output with the tool's schema, so nothing is checked
 * here.
 */
function assertAnswer<Answer>(
  _answer: unknown,
  _tool: Tool<never, unknown, Answer>,
): asserts _answer is Answer {}
