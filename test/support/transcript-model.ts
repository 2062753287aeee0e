import { MockLanguageModelV4 } from 'ai/test';
import * as z from 'zod';
import type { Transcript } from '../../local/eval/eval-task.ts';

const ToolMessage = z.object({
  role: z.literal('tool'),
  content: z.array(
    z.object({
      output: z.object({ value: z.tuple([z.object({ text: z.string() })]) }),
    }),
  ),
});
const ONLY_REFERENCE = /^\{\{([^{}]+)\}\}$/;
const REFERENCE = /\{\{([^{}]+)\}\}/g;

/**
 * Returns a model that follows a transcript: it makes one call of the transcript in each step, and then returns the
 * final answer of the transcript. The input and the output of each step count as one token each.
 * https://ai-sdk.dev/docs/ai-sdk-core/testing
 */
export function transcriptModel({ calls, answer }: Transcript): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    async doGenerate({ prompt }) {
      const results = prompt.flatMap(resultsOf);
      const call = calls[results.length];
      return {
        content: [
          call
            ? {
                type: 'tool-call',
                toolCallId: `call_${results.length}`,
                toolName: call.tool,
                input: JSON.stringify(filled(call.input, results)),
              }
            : { type: 'text', text: String(filled(answer, results)) },
        ],
        finishReason: { unified: call ? 'tool-calls' : 'stop', raw: undefined },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
}

function resultsOf(message: unknown): unknown[] {
  const { content = [] } = ToolMessage.safeParse(message).data ?? {};
  return content.map(({ output }) => JSON.parse(output.value[0].text));
}

/**
 * Replaces each reference with the value from an earlier result.
 * @throws Error if no earlier result contains the value
 */
function filled(value: unknown, results: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, results));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, filled(child, results)]));
  if (typeof value !== 'string') return value;
  const [, only] = ONLY_REFERENCE.exec(value) ?? [];
  if (only !== undefined) return valueAt(results, only);
  return value.replace(REFERENCE, (_, path: string) => String(valueAt(results, path)));
}

function valueAt(results: readonly unknown[], path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const record = z.record(z.string(), z.unknown()).parse({ ...Object(value) });
    if (!(key in record)) throw new Error(`No result has ${path}: ${JSON.stringify(value)}`);
    return record[key];
  }, results);
}
