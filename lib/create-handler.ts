import { lazily } from './cache/lazily.ts';
import type { Tool } from './contract/define-tool.ts';
import { type Handler, lambdaHandler } from './lambda-handler.ts';
import { type Chain, createChain, type WriteGuard } from './runtime/chain.ts';
import { type RuntimeOptions, sharedRuntime } from './runtime/runtime.ts';
import { agentCoreSurface } from './surfaces/agentcore.ts';
import { apiGatewaySurface } from './surfaces/api-gateway.ts';
import { bedrockSurface } from './surfaces/bedrock.ts';
import { directSurface } from './surfaces/direct.ts';
import type { InvocationContext } from './surfaces/surface.ts';

// The first surface that recognises an event handles it. AgentCore comes first because its events may have any keys.
// Another surface could therefore recognise an AgentCore event as its own.
const SURFACES = [agentCoreSurface, bedrockSurface, apiGatewaySurface, directSurface];

/** A handler's tool and its options. */
interface Origin {
  tool: Tool;
  guard: WriteGuard | undefined;
}

const originsOfHandlers = new WeakMap<Handler, Origin>();
// Invocations that use other settings than their handler, each with its own chain of middlewares.
const chainsOfInvocations = new WeakMap<InvocationContext, Chain>();

/** Returns a handler's tool, or undefined if the function is not a handler. */
export function toolOf(handler: Handler): Tool | undefined {
  return originsOfHandlers.get(handler)?.tool;
}

/**
 * Returns a function that runs a handler with other settings. The handler's middlewares stay the same.
 * @throws Error if `handler` is not the handler of a tool
 */
export function withOptions(
  handler: Handler,
  options: RuntimeOptions,
): (event: unknown, context: InvocationContext) => Promise<unknown> {
  const origin = originsOfHandlers.get(handler);
  if (!origin) throw new Error('The handler is not that of a tool.');
  const chain = lazily(() => createChain(origin.tool, sharedRuntime(options), SURFACES, origin.guard));
  return (event, context) => {
    chainsOfInvocations.set(context, chain());
    return handler(event, context);
  };
}

/**
 * Makes a tool's Lambda handler.
 * @param guard the guard of writes; undefined for tools that only read
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
  const chainOf = (context: InvocationContext) => chainsOfInvocations.get(context) ?? chain ?? start().chain;
  const handler = lambdaHandler(
    (event, context) => chainOf(context).run(event, context),
    (event, context, thrown) => chainOf(context).fail(event, context, thrown),
  );
  originsOfHandlers.set(handler, { tool, guard });
  return handler;
}
