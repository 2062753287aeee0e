import type { Tool } from './contract/define-tool.ts';
import { type Chain, createChain, type WriteGuard } from './runtime/chain.ts';
import { createRuntime, type RuntimeOptions } from './runtime/runtime.ts';
import { inProcessSurface } from './surfaces/in-process.ts';

/** Runs tools outside of Lambda. */
export interface Runner {
  /**
   * Runs a tool for a user, through the same chain as in Lambda.
   * @returns the tool's output
   * @throws ToolError with the code of what went wrong
   */
  run<Input, Result, Answer>(
    tool: Tool<Input, Result, Answer>,
    call: {
      /** Of the user for whom it runs, as the connected account in Scalekit has it. */
      identifier: string;
      /** The fields of the tool's input; by default none. */
      input?: Readonly<Record<string, unknown>>;
      /** By what repetitions of a write are known: it runs once for each. */
      idempotencyKey?: string;
    },
  ): Promise<Answer>;
}

/**
 * Runs tools in any Node process, such as a backend or a script.
 * @param options the settings, by default the process's environment; where log lines go, by default stdout and stderr;
 * and what takes the metrics, by default nothing, since only Lambda makes metrics of what is printed
 * @throws SettingsError where a setting is missing or malformed
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

/** Whoever only reads does not load the client of DynamoDB, nor needs to have it. */
async function guardOf({ effect }: Tool): Promise<WriteGuard | undefined> {
  if (effect === 'read') return undefined;
  const { guardWrites } = await import('./writes/guard-writes.ts');
  return guardWrites;
}

/** The chain has parsed the answer with the tool's output schema, which is what its type says. */
function assertAnswer<Answer>(
  _answer: unknown,
  _tool: Tool<never, unknown, Answer>,
): asserts _answer is Answer {}
