import type { Tool } from './contract/define-tool.ts';
import { type Handler, lambdaHandler } from './lambda-handler.ts';
import { type Chain, createChain, type WriteGuard } from './runtime/chain.ts';
import { type RuntimeOptions, sharedRuntime } from './runtime/runtime.ts';
import { agentCoreSurface } from './surfaces/agentcore.ts';
import { bedrockSurface } from './surfaces/bedrock.ts';
import { directSurface } from './surfaces/direct.ts';
import { httpSurface } from './surfaces/http.ts';

// AgentCore first: its event may hold any key, and so look like one of the others.
const SURFACES = [agentCoreSurface, bedrockSurface, httpSurface, directSurface];

const toolsOfHandlers = new WeakMap<Handler, Tool>();

/** The tool that a handler was made from; undefined where none was. */
export function toolOf(handler: Handler): Tool | undefined {
  return toolsOfHandlers.get(handler);
}

/**
 * Makes a tool's Lambda handler, with the guard of tools that write.
 * @throws SettingsError in Lambda, where a setting is missing or malformed
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
  const started = () => chain ?? start().chain;
  const handler = lambdaHandler(
    (event, context) => started().run(event, context),
    (event, context, thrown) => started().fail(event, context, thrown),
  );
  toolsOfHandlers.set(handler, tool);
  return handler;
}
