import { MockLanguageModelV4 } from 'ai/test';
import * as z from 'zod';

const ToolResult = z.object({
  type: z.literal('tool-result'),
  output: z.discriminatedUnion('type', [
    z.object({ type: z.literal('json'), value: z.unknown() }),
    z.object({
      type: z.literal('content'),
      value: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
    }),
    z.object({ type: z.literal('error-text'), value: z.string() }),
    z.object({ type: z.literal('execution-denied') }),
  ]),
});

const USAGE = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/**
 * Returns a model that calls one tool. The model's answer is the text of the tool's result.
 * https://ai-sdk.dev/docs/ai-sdk-core/testing
 */
export function scriptedModel(toolName: string, input: unknown): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    async doGenerate({ prompt, abortSignal }) {
      abortSignal?.throwIfAborted();
      const seen = toolResult(prompt);
      return seen === undefined
        ? {
            content: [{ type: 'tool-call', toolCallId: 'call_1', toolName, input: JSON.stringify(input) }],
            finishReason: { unified: 'tool-calls', raw: undefined },
            usage: USAGE,
            warnings: [],
          }
        : {
            content: [{ type: 'text', text: seen }],
            finishReason: { unified: 'stop', raw: undefined },
            usage: USAGE,
            warnings: [],
          };
    },
  });
}

/** Returns the text of the last result of a tool in the prompt, or undefined before the first call. */
function toolResult(prompt: readonly { role: string; content: unknown }[]): string | undefined {
  const last = prompt.at(-1);
  if (last?.role !== 'tool') return undefined;
  const [{ output }] = z.tuple([ToolResult]).parse(last.content);
  if (output.type === 'execution-denied') return 'denied';
  if (output.type === 'content') return output.value[0].text;
  return output.type === 'json' ? JSON.stringify(output.value) : output.value;
}
