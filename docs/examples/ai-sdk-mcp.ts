import { createMCPClient } from '@ai-sdk/mcp';
import { generateText, isStepCount, type LanguageModel } from 'ai';

const STEPS_MAX = 10;
const INSTRUCTIONS =
  'Answer with what the tools give. Where a tool answers authorization_required, give the user its authorization_url and ask them to open it; then try again when they say so.';

interface Agent {
  /** Of the deployment, without a slash at its end. */
  apiUrl: string;
  /** Says who the user is: the tools act in that user's accounts. */
  token: string;
  model: LanguageModel;
  abortSignal?: AbortSignal;
}

/**
 * Answers a question with the tools, which it finds and calls over MCP.
 * https://ai-sdk.dev/docs/ai-sdk-core/mcp-tools
 */
export async function answer(question: string, { apiUrl, token, ...settings }: Agent): Promise<string> {
  const client = await createMCPClient({
    transport: { type: 'http', url: `${apiUrl}/mcp`, headers: { authorization: `Bearer ${token}` } },
  });
  try {
    const { text } = await generateText({
      ...settings,
      instructions: `${client.instructions ?? ''} ${INSTRUCTIONS}`,
      prompt: question,
      tools: await client.tools(),
      stopWhen: isStepCount(STEPS_MAX),
    });
    return text;
  } finally {
    await client.close();
  }
}
