import { dynamicTool, generateText, isStepCount, jsonSchema, type LanguageModel, type ToolSet } from 'ai';
import * as z from 'zod';

const STEPS_MAX = 10;
const INSTRUCTIONS =
  'Answer with what the tools give. Where a tool answers authorization_required, give the user its authorization_url and ask them to open it; then try again when they say so.';

interface Deployment {
  /** Without a slash at its end. */
  apiUrl: string;
  /** Says who the user is: the tools act in that user's accounts. */
  token: string;
}

interface Agent extends Deployment {
  model: LanguageModel;
  abortSignal?: AbortSignal;
}

const Definitions = z.object({
  tools: z.array(
    z.object({ name: z.string(), description: z.string(), inputSchema: z.record(z.string(), z.unknown()) }),
  ),
});

/** Answers a question with the tools, which it finds and calls over plain HTTP. */
export async function answer(question: string, { apiUrl, token, ...settings }: Agent): Promise<string> {
  const { text } = await generateText({
    ...settings,
    instructions: INSTRUCTIONS,
    prompt: question,
    tools: await listTools({ apiUrl, token }),
    stopWhen: isStepCount(STEPS_MAX),
  });
  return text;
}

/**
 * Tools of the AI SDK for all that the deployment has.
 * https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling#dynamic-tools
 */
async function listTools({ apiUrl, token }: Deployment): Promise<ToolSet> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${apiUrl}/tools?format=mcp`, { headers });
  if (!response.ok) throw new Error(`GET /tools answered ${response.status}.`);
  const { tools } = Definitions.parse(await response.json());

  return Object.fromEntries(
    tools.map(({ name, description, inputSchema }) => [
      name,
      dynamicTool({
        description,
        inputSchema: jsonSchema(inputSchema),
        async execute(input, { abortSignal }) {
          const answered = await fetch(`${apiUrl}/tools/${name}`, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(input),
            signal: abortSignal ?? null,
          });
          // An error as well: it tells the model what to do next.
          return answered.json();
        },
      }),
    ]),
  );
}
