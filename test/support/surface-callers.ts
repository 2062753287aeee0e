import * as z from 'zod';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { jsonBytes } from '../../lib/text/json.ts';
import { SURFACE_EVENTS, type SurfaceName } from '../../local/invoke/surface-events.ts';
import { ErrorAnswer, lambdaContext, readHttpAnswer } from './http-event.ts';
import { callOverMcp, mcpBody } from './mcp-call.ts';
import type { TestBed } from './test-bed.ts';

type Handler = ReturnType<TestBed['handler']>;

interface SurfaceCallOptions {
  tool: string;
  user: string;
  input: object;
  /** Claims of the caller's token in addition to `sub`, if the surface has a token. */
  claims?: Record<string, unknown>;
  /** The settings of the functions that run before the tool, such as the MCP function. */
  variables?: Environment;
}

interface Signer {
  sign(claims: Record<string, unknown>): Promise<string>;
}

interface SurfaceCaller {
  name: string;
  /** True if a token identifies the user. False if the calling application does. */
  byClaims: boolean;
  invoke(handler: Handler, call: SurfaceCallOptions, issuer: Signer): Promise<unknown>;
  /** Returns the output or the error in a response, as the caller reads it. */
  bodyOf(answer: unknown): unknown;
}

const FunctionAnswer = z.object({
  response: z.object({
    functionResponse: z.object({ responseBody: z.object({ TEXT: z.object({ body: z.string() }) }) }),
  }),
});
const ApiAnswer = z.object({
  response: z.object({ responseBody: z.object({ 'application/json': z.object({ body: z.string() }) }) }),
});

const invokeBy =
  (surface: SurfaceName): SurfaceCaller['invoke'] =>
  async (handler, { user, ...call }, issuer) => {
    const { event, ...context } = await SURFACE_EVENTS[surface]({ identifier: user, ...call }, issuer);
    return handler(event, { ...lambdaContext(), ...context });
  };

/** The surfaces. Each can make a call, and can find the output or the error in the response. */
export const SURFACE_CALLERS: readonly SurfaceCaller[] = [
  {
    name: 'HTTP API',
    byClaims: true,
    invoke: invokeBy('http'),
    bodyOf: (answer) => readHttpAnswer(answer).json,
  },
  {
    name: 'Bedrock, function details',
    byClaims: false,
    invoke: invokeBy('bedrock-function'),
    bodyOf: (answer) =>
      JSON.parse(FunctionAnswer.parse(answer).response.functionResponse.responseBody.TEXT.body),
  },
  {
    name: 'Bedrock, OpenAPI',
    byClaims: false,
    invoke: invokeBy('bedrock-openapi'),
    bodyOf: (answer) => JSON.parse(ApiAnswer.parse(answer).response.responseBody['application/json'].body),
  },
  {
    name: 'AgentCore Gateway',
    byClaims: true,
    invoke: invokeBy('agentcore'),
    bodyOf: (answer) => answer,
  },
  {
    name: 'direct invocation',
    byClaims: false,
    invoke: invokeBy('direct'),
    bodyOf: (answer) => answer,
  },
  {
    name: 'MCP',
    byClaims: true,
    invoke: (handler, { tool, user, input, claims, variables = {} }) =>
      callOverMcp(handler, {
        claims: { sub: user, ...claims },
        params: { name: tool, arguments: input },
        variables,
      }),
    bodyOf: mcpBody,
  },
];

/** Sends a response as JSON, and returns the output or the error in it. */
export function readAnswer({ bodyOf }: SurfaceCaller, answer: unknown) {
  const wire: unknown = JSON.parse(JSON.stringify(answer));
  const json = bodyOf(wire);
  return {
    wire,
    json,
    error: ErrorAnswer.safeParse(json).data?.error,
    bytes: jsonBytes(wire),
    bodyBytes: jsonBytes(json),
  };
}
