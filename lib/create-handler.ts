import type { Tool } from './contract/define-tool.ts';
import { type Chain, createChain, type WriteGuard } from './runtime/chain.ts';
import { type RuntimeOptions, sharedRuntime } from './runtime/runtime.ts';
import { agentCoreSurface } from './surfaces/agentcore.ts';
import { bedrockSurface } from './surfaces/bedrock.ts';
import { directSurface } from './surfaces/direct.ts';
import { httpSurface } from './surfaces/http.ts';
import type { InvocationContext } from './surfaces/surface.ts';

// AgentCore comes first, because its event may have any key and look like one of the others.
const SURFACES = [agentCoreSurface, bedrockSurface, httpSurface, directSurface];

/** A Lambda handler. Node 24 rejects one that declares more than two parameters. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;

const toolsOfHandlers = new WeakMap<Handler, Tool>();

/** Returns the tool that a handler was made from, or undefined for any other function. */
export function toolOf(handler: Handler): Tool | undefined {
  return toolsOfHandlers.get(handler);
}

/**
 * Makes a tool's Lambda handler, with the guard for tools that write.
 * @throws SettingsError in Lambda, if a setting is missing or malformed
 */
export function handlerWith(
  guard: WriteGuard | undefined,
  tool: Tool,
  { variables = process.env, ...options }: Partial<RuntimeOptions>,
): Handler {
  let chain: Chain | undefined;
  const start = () => {
    const runtime = sharedRuntime({ ...options, variables });
    chain = createChain(tool, runtime, SURFACES, guard);
    return { chain, runtime };
  };
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  if (variables.AWS_LAMBDA_FUNCTION_NAME) start().runtime.scalekit.token.prime();
  const handler: Handler = (event, context) => (chain ?? start().chain)(event, context);
  toolsOfHandlers.set(handler, tool);
  return handler;
}
