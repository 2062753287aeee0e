import * as z from 'zod';
import { jsonBytes } from '../../lib/text/json-bytes.ts';
import { agentCoreContext } from './agentcore-context.ts';
import { apiEvent, functionEvent } from './bedrock-events.ts';
import { ErrorAnswer, httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';
import type { TestBed } from './test-bed.ts';

type Handler = ReturnType<TestBed['handler']>;

export interface SurfaceCallOptions {
  tool: string;
  user: string;
  input: object;
}

interface Signer {
  sign(claims: Record<string, unknown>): Promise<string>;
}

const FunctionAnswer = z.object({
  response: z.object({
    functionResponse: z.object({ responseBody: z.object({ TEXT: z.object({ body: z.string() }) }) }),
  }),
});
const ApiAnswer = z.object({
  response: z.object({ responseBody: z.object({ 'application/json': z.object({ body: z.string() }) }) }),
});

/** The same call on every surface, and where its answer has the output or the error. */
export const SURFACE_CALLERS: {
  name: string;
  invoke(handler: Handler, call: SurfaceCallOptions, issuer: Signer): Promise<unknown>;
  bodyOf(answer: unknown): unknown;
}[] = [
  {
    name: 'HTTP API',
    invoke: (handler, { user, input }) =>
      handler(httpEvent({ claims: { sub: user }, body: input }), lambdaContext()),
    bodyOf: (answer) => readHttpAnswer(answer).json,
  },
  {
    name: 'Bedrock, function details',
    invoke: (handler, { tool, user, input }) =>
      handler(functionEvent(tool, input, { sessionAttributes: { identifier: user } }), lambdaContext()),
    bodyOf: (answer) =>
      JSON.parse(FunctionAnswer.parse(answer).response.functionResponse.responseBody.TEXT.body),
  },
  {
    name: 'Bedrock, OpenAPI',
    invoke: (handler, { tool, user, input }) =>
      handler(apiEvent(tool, input, { sessionAttributes: { identifier: user } }), lambdaContext()),
    bodyOf: (answer) => JSON.parse(ApiAnswer.parse(answer).response.responseBody['application/json'].body),
  },
  {
    name: 'AgentCore Gateway',
    invoke: async (handler, { tool, user, input }, issuer) =>
      handler(input, agentCoreContext(tool, { Authorization: `Bearer ${await issuer.sign({ sub: user })}` })),
    bodyOf: (answer) => answer,
  },
  {
    name: 'direct invocation',
    invoke: (handler, { tool, user, input }) => handler({ tool, identifier: user, input }, lambdaContext()),
    bodyOf: (answer) => answer,
  },
];

/** What an answer holds, as the caller reads it from the wire. */
export function readAnswer({ bodyOf }: (typeof SURFACE_CALLERS)[number], answer: unknown) {
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
