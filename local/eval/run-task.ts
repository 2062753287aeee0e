import { createMCPClient } from '@ai-sdk/mcp';
import { generateText, isStepCount, type LanguageModel, type ToolSet } from 'ai';
import * as z from 'zod';
import { ada, type Person } from '../providers/harbor-bikes.ts';
import type { Stack } from '../stack.ts';
import { ErrorAnswer } from '../testing/http-answer.ts';
import { type EvalCall, type EvalRun, type EvalTask, WRITES_FAULT } from './eval-task.ts';

const STEPS_MAX = 25;
const TIMEOUT_MS = 5 * 60_000;

/** The result of a task. */
export interface EvalResult {
  task: string;
  isReached: boolean;
  /** The conditions of the grade that are not true, or the reason why the model did not finish. */
  faults: string[];
  calls: EvalCall[];
  answer: string;
  /** The tokens of all requests to the model, as its provider reports them. */
  tokens: { input: number; output: number };
}

interface EvalOptions {
  stack: Stack;
  model: LanguageModel;
}

/**
 * Resets the emulated providers, gives the model one task and all tools over MCP, and grades the result. An error of
 * the model, such as a time-out, becomes a fault in the result.
 */
export async function runTask(task: EvalTask, { stack, model }: EvalOptions): Promise<EvalResult> {
  const { user = ada, writes = [] } = task;
  await reset(stack);
  const client = await createMCPClient({
    transport: {
      type: 'http',
      url: `${stack.gateway.url}/mcp`,
      headers: { authorization: `Bearer ${await stack.issuer.sign({ sub: user.identifier })}` },
    },
  });
  try {
    const definitions = await client.listTools();
    const { stopped, ...run } = await runModel({
      model,
      instructions: `${client.instructions ?? ''} ${instructionsFor(user)}`,
      prompt: task.prompt,
      tools: client.toolsFromDefinitions(definitions),
    });
    const reads = definitions.tools.filter(({ annotations }) => annotations?.readOnlyHint);
    const grades: Record<string, boolean> = {
      [WRITES_FAULT]: wroteOnly(writes, run.calls, new Set(reads.map(({ name }) => name))),
      ...(await task.grade({ ...run, provider: providerOf(stack, user) })),
    };
    const faults = [...stopped, ...Object.keys(grades).filter((name) => !grades[name])];
    return { task: task.name, isReached: faults.length === 0, faults, ...run };
  } finally {
    await client.close();
  }
}

/** Runs the model until it finishes. If it does not finish, `stopped` is the reason. */
async function runModel(request: {
  model: LanguageModel;
  instructions: string;
  prompt: string;
  tools: ToolSet;
}) {
  const calls: EvalCall[] = [];
  const tokens = { input: 0, output: 0 };
  try {
    const { text, finishReason } = await generateText({
      ...request,
      stopWhen: isStepCount(STEPS_MAX),
      abortSignal: AbortSignal.timeout(TIMEOUT_MS),
      onStepEnd({ content, usage }) {
        calls.push(...content.flatMap(callOf));
        tokens.input += usage.inputTokens ?? 0;
        tokens.output += usage.outputTokens ?? 0;
      },
    });
    const stopped = finishReason === 'tool-calls' ? [`it comes to an end within ${STEPS_MAX} steps`] : [];
    return { answer: text, calls, tokens, stopped };
  } catch (error) {
    const stopped = [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
    return { answer: '', calls, tokens, stopped };
  }
}

function instructionsFor({ name, email }: Person): string {
  const now = new Date();
  const day = now.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
  return `You are the assistant of ${name} (${email}), who works at Harbor Bikes. It is ${day}, ${now.toISOString()}. Do the task with the tools, without asking back: writes are approved. Do no more than the task says. End with a short answer.`;
}

async function reset({ scalekit, providers }: Stack): Promise<void> {
  scalekit?.reset();
  await Promise.all(providers.map((provider) => provider.reset()));
}

/** Returns whether the successful writes are exactly the expected writes, in any order. */
function wroteOnly(expected: readonly string[], calls: readonly EvalCall[], reads: ReadonlySet<string>) {
  const written = calls.filter(({ tool, error }) => error === null && !reads.has(tool));
  const names = written.map(({ tool }) => tool);
  return names.sort().join() === [...expected].sort().join();
}

const McpResult = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ text: z.string().optional() })),
});

interface Part {
  type: string;
  toolName?: string;
  input?: unknown;
  output?: unknown;
  error?: unknown;
}

/**
 * Returns the tool call that belongs to this part of a model's step. Returns an empty list if the part is not
 * a tool result.
 */
function callOf({ type, toolName = '', input, output, error }: Part): EvalCall[] {
  if (type === 'tool-result') return [{ tool: toolName, input, error: errorOf(output) }];
  // The AI SDK rejected the call, or the call itself failed.
  return type === 'tool-error' ? [{ tool: toolName, input, error: String(error) }] : [];
}

function errorOf(output: unknown): string | null {
  const { isError, content } = McpResult.parse(output);
  if (!isError) return null;
  const text = content[0]?.text ?? '';
  try {
    return ErrorAnswer.parse(JSON.parse(text)).error.code;
  } catch {
    return text;
  }
}

function providerOf({ providers }: Stack, { identifier }: Person): EvalRun['provider'] {
  return async (connector, path) => {
    const provider = providers.find((candidate) => candidate.connector === connector);
    const grant = provider?.grants.find((candidate) => candidate.identifier === identifier);
    const response = await fetch(`${provider?.url}${path}`, {
      headers: { authorization: `Bearer ${grant?.accessToken}` },
    });
    return response.json();
  };
}
